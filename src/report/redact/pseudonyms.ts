import { createHmac } from 'node:crypto';

/** Without a key of the user's: it makes pseudonyms of ours differ from other tools', and keeps no secret. */
const OPEN_KEY = 'csp-recon pseudonym 1';

const NAME = /^Customer [0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/;
const ID = /^00000000-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
const DOMAIN = /^d-[0-9a-f]{12}\.example$/;
const EMAIL = /^user-[0-9a-f]{12}@d-[0-9a-f]{12}\.example$/;
const FILE = /^file-[0-9a-f]{12}(\.[a-z0-9]{1,5})*$/;
const SHEET = /^Sheet-[0-9a-f]{12}$/;

/** Endings that say what a file is, and nothing of whose it is. */
const ENDINGS = /(?:\.(?:csv|xlsx|xls|json|jsonl|gz|zip|txt))+$/i;

/** Whether a text is a pseudonym already: one of a pseudonym would be another name for the same customer. */
export function isPseudonym(text: string): boolean {
  return [NAME, ID, DOMAIN, EMAIL, FILE, SHEET].some((shape) => shape.test(text));
}

/**
 * Pseudonyms worked out from what they stand for, so that they are the same in every run and file. With a key nobody without it can
 * tell whose they are; without one, whoever suspects a name can try it. Case and blanks around do not count. Each has a shape that no real
 * one has: ids are zero in front, domains end in `.example`, which nobody can own.
 */
export class Pseudonyms {
  readonly #key: string | Uint8Array;

  constructor(key: Uint8Array | null) {
    this.#key = key ?? OPEN_KEY;
  }

  name(text: string): string {
    if (text === '' || NAME.test(text)) return text;
    const code = this.#code('name', text).slice(0, 12).toUpperCase();
    return `Customer ${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
  }

  /** A customer id: a made-up GUID (version 8 of RFC 9562) whatever the shape of the real one. */
  id(text: string): string {
    if (text === '' || ID.test(text)) return text;
    const code = this.#code('id', text);
    return `00000000-${code.slice(0, 4)}-8${code.slice(4, 7)}-8${code.slice(7, 10)}-${code.slice(10, 22)}`;
  }

  domain(text: string): string {
    return text === '' || DOMAIN.test(text) ? text : `d-${this.#code('domain', text).slice(0, 12)}.example`;
  }

  email(text: string): string {
    if (EMAIL.test(text)) return text;
    return `user-${this.#code('email', text).slice(0, 12)}@${this.domain(text.slice(text.lastIndexOf('@') + 1))}`;
  }

  /** A file keeps its ending: its name and its folders may name a customer in any spelling. */
  file(text: string): string {
    if (text === '' || FILE.test(text)) return text;
    return `file-${this.#code('file', text).slice(0, 12)}${(ENDINGS.exec(text)?.[0] ?? '').toLowerCase()}`;
  }

  sheet(text: string): string {
    return text === '' || SHEET.test(text) ? text : `Sheet-${this.#code('sheet', text).slice(0, 12)}`;
  }

  #code(kind: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${kind}\u0000${text.trim().toLowerCase()}`).digest('hex');
  }
}
