import { isListShort, namesOf, sizesOf, type ApiExport, type ListedPart } from '../domain/invoices/api-export.ts';
import type { Detection, Evidence, FindingSubject } from '../domain/findings/finding.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

type Message = 'parts-missing' | 'sizes-differ' | 'parts-not-listed';

/** Parts that evidence and working name one by one; the rest is counted. */
const MOST_NAMED = 50;

export const exportIncomplete = defineRule({
  code: 'IN08',
  name: 'export-incomplete',
  title: 'An export of the API is not whole',
  scope: 'export',
  severity: 'error',
  citations: [
    cite(
      'api-export-2023',
      'An export comes in parts; its manifest says how many there are, lists each by name and size, and has an eTag that changes with the billing data.',
    ),
  ],
  docs: {
    checks:
      'Every manifest among the audited exports is held against the parts that were given: each part it lists must be there, with the packed size it states, and as many must be listed as it says there are. A part that was unpacked before it was given is there; its size is not looked at.',
    why: 'What is not there cannot be audited, and nothing else would tell: every total, and every finding that looks for a row, rests on the parts that are there.',
    example: 'The manifest lists part-1.json.gz and part-2.json.gz; only the first lies in the folder.',
    remedy:
      'Download what is missing, or the whole export where the sizes differ or the eTag has changed, and run again. Until then the job is not done: the exit code is 2.',
  },
  messages: {
    'parts-missing': 'the export lacks {count} of the {listed} parts that its manifest lists: {parts}',
    'sizes-differ': '{count} of the {listed} that the manifest lists {differ} from it in size: {parts}',
    'parts-not-listed': 'the manifest of the export says that there are {announced} parts and lists {listed}',
  },
  *check(apiExport) {
    if (!apiExport.isAudited) return;
    if (apiExport.missing.length > 0) yield missingParts(apiExport);
    if (apiExport.misSized.length > 0) yield otherSizes(apiExport);
    if (isListShort(apiExport)) yield shortList(apiExport);
  },
});

function missingParts(apiExport: ApiExport): Detection<Message> {
  const { missing, listed } = apiExport;
  return {
    ...detectionOf(apiExport, 'parts-missing', missing),
    message: 'parts-missing',
    values: { count: String(missing.length), listed: String(listed.length), parts: namesOf(missing) },
    evidence: rowsOf(apiExport, missing, 'part that was not given'),
    working: [...manifestFacts(apiExport), ...namedParts(missing, ({ name }) => `not given: ${name}`)],
    nextAction: `Download ${namesOf(missing)} of this export again, put ${missing.length === 1 ? 'it' : 'them'} beside the manifest, and run the audit again.`,
  };
}

function otherSizes(apiExport: ApiExport): Detection<Message> {
  const { misSized, listed } = apiExport;
  const files = misSized
    .slice(0, MOST_NAMED)
    .map(({ file, name }) => ({ source: { file, sheet: null, row: 1 }, label: `given as ${name}` }));
  return {
    ...detectionOf(apiExport, 'sizes-differ', misSized),
    message: 'sizes-differ',
    values: {
      count: misSized.length === 1 ? 'one part' : `${misSized.length} parts`,
      listed: String(listed.length),
      differ: misSized.length === 1 ? 'differs' : 'differ',
      parts: namesOf(misSized),
    },
    evidence: [...rowsOf(apiExport, misSized, 'part of another size'), ...files],
    working: [...manifestFacts(apiExport), ...namedParts(misSized, sizesOf)],
    nextAction:
      'Download the whole export again, the manifest with its parts: a part of another size is cut off, altered, or of another export than the manifest.',
  };
}

function shortList(apiExport: ApiExport): Detection<Message> {
  const { announced, listed } = apiExport;
  return {
    ...detectionOf(apiExport, 'parts-not-listed', []),
    message: 'parts-not-listed',
    values: { announced: String(announced ?? 0), listed: String(listed.length) },
    evidence: [{ source: { file: apiExport.file, sheet: null, row: 1 }, label: 'manifest' }],
    working: manifestFacts(apiExport),
    nextAction: 'Download the manifest again, then every part that it lists.',
  };
}

function detectionOf(apiExport: ApiExport, message: Message, parts: readonly ListedPart[]) {
  return { subject: subjectOf(apiExport, message, parts), amounts: null, confidence: 'certain' } as const;
}

/** An export is told from others by its eTag, or, where its manifest has none, by the names of its parts; never by where it lies. */
function subjectOf({ eTag, listed }: ApiExport, message: Message, parts: readonly ListedPart[]): FindingSubject {
  return {
    customerId: '',
    customerName: '',
    subscriptionId: '',
    orderId: '',
    product: '',
    invoiceNumber: '',
    chargeType: '',
    firstDay: null,
    lastDay: null,
    currency: '',
    key: [eTag === '' ? listed.join('/') : eTag, message, ...parts.map(({ name }) => name)].join('\u0000'),
  };
}

function rowsOf({ file }: ApiExport, parts: readonly ListedPart[], what: string): readonly Evidence[] {
  return parts.slice(0, MOST_NAMED).map(({ row, name }) => ({ source: { file, sheet: null, row }, label: `${what}: ${name}` }));
}

function manifestFacts({ listed, announced, eTag, created }: ApiExport): readonly string[] {
  return [
    `the manifest lists ${listed.length} parts${announced === null ? '' : ` and says that there are ${announced}`}`,
    ...(eTag === '' ? [] : [`its eTag is ${eTag}: parts of an export with another one belong to other billing data`]),
    ...(created === '' ? [] : [`the export was made ${created}`]),
  ];
}

function namedParts<T extends ListedPart>(parts: readonly T[], text: (part: T) => string): readonly string[] {
  const named = parts.slice(0, MOST_NAMED).map(text);
  return parts.length > MOST_NAMED ? [...named, `and ${parts.length - MOST_NAMED} more`] : named;
}
