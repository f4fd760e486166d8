import type { Customer, Report } from '../../domain/findings/report.ts';
import { KnownTexts } from './known-texts.ts';
import { isPseudonym, type Pseudonyms } from './pseudonyms.ts';

export const LEFT_OUT = '[redacted]';

const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const HOST = /(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,24}(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])/gu;
const GUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const HAS_LETTER = /\p{L}/u;

/** What is known of the people and files of a report before its texts are read. */
export interface Identities {
  readonly customers: Iterable<Customer>;
  /** Every file and sheet by the name that the report has for it. */
  readonly files: Iterable<{ readonly path: string; readonly sheet: string | null }>;
  /** Ids that stay, where the customers may not all be known: any other GUID in a text is taken for a customer's. null where all are known. */
  readonly keptIds: ReadonlySet<string> | null;
}

/** Replaces what tells who a customer is: known names, ids, domains and files wherever they stand, and e-mails and domains by their shape. */
export class Redactor {
  readonly pseudonyms: Pseudonyms;
  readonly #known = new KnownTexts();
  readonly #keptIds: ReadonlySet<string> | null;

  constructor(pseudonyms: Pseudonyms, { customers, files, keptIds }: Identities) {
    this.pseudonyms = pseudonyms;
    this.#keptIds = keptIds;
    for (const { customerId, customerName, customerDomain } of customers) {
      // A name without a letter, such as 365, is a figure in any text: it is replaced where it stands as a name.
      if (HAS_LETTER.test(customerName)) this.#known.add(customerName, pseudonyms.name(customerName));
      this.#known.add(customerId, pseudonyms.id(customerId));
      this.#known.add(customerDomain, pseudonyms.domain(customerDomain));
    }
    for (const { path, sheet } of files) {
      this.#known.add(path, pseudonyms.file(path));
      this.#known.add(path.slice(path.lastIndexOf('/') + 1), pseudonyms.file(path));
      if (sheet !== null) this.#known.add(`[${sheet}]`, `[${pseudonyms.sheet(sheet)}]`);
    }
  }

  /** A text that the report itself does not make up: what is known is replaced, and nothing by its shape alone but e-mails. */
  known(text: string): string {
    if (text === '' || isPseudonym(text)) return text;
    return this.#known.replaced(text.replaceAll(EMAIL, (email) => this.pseudonyms.email(email)));
  }

  /** A sentence: domains go by their shape too, and where customers may be unknown, so does every id that is not known to stay. */
  sentence(text: string): string {
    const replaced = this.known(text).replaceAll(HOST, (host) => (isPseudonym(host) ? host : this.pseudonyms.domain(host)));
    if (this.#keptIds === null) return replaced;
    return replaced.replaceAll(GUID, (guid) => (this.#keptIds?.has(guid.toLowerCase()) === true ? guid : this.pseudonyms.id(guid)));
  }

  /** A cell that could not be read may hold anything, a name that slipped over a column too; figures and days stay. */
  cell(text: string): string {
    return HAS_LETTER.test(text) ? LEFT_OUT : text;
  }

  /** What people wrote in their own words. */
  ownWords(text: string): string {
    return text === '' ? '' : LEFT_OUT;
  }
}

/** The identities that a saved report knows of: its own. */
export function identitiesOf(report: Report): Identities {
  const { resolved = [], raisedAgain = [], stillOpen = [], partPaid = [] } = report.register ?? {};
  const entries = [...resolved, ...raisedAgain, ...stillOpen, ...partPaid];
  const compared = report.reconciliation.flatMap(({ usage }) => usage ?? []);
  const subjects = [...report.findings, ...entries, ...compared];
  const kept = report.findings.flatMap((one) => [one.subscriptionId, one.orderId, one.invoiceNumber]);
  return {
    customers: subjects.map(({ customerId, customerName }) => ({ customerId, customerName, customerDomain: '' })),
    files: [
      ...report.inputs.flatMap(({ path, sheet, container }) => [
        { path, sheet },
        ...(container === null ? [] : [{ path: container.path, sheet: null }]),
      ]),
      ...report.rejections.map(({ file, sheet }) => ({ path: file, sheet })),
      ...report.findings.flatMap(({ evidence }) => evidence.map(({ file, sheet }) => ({ path: file, sheet }))),
    ],
    keptIds: new Set([...kept, ...[...entries, ...compared].map(({ subscriptionId }) => subscriptionId)].map((id) => id.toLowerCase())),
  };
}
