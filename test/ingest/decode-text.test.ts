import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, NotUtf8 } from '../../src/ingest/text/decode-text.ts';
import { knownErrorOf } from '../support/csv-charges.ts';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + size)));
}

async function decoded(bytes: Uint8Array, size = bytes.length || 1, given?: string): Promise<{ encoding: string; text: string }> {
  const { encoding, chunks } = await decodeText(cut(bytes, size), 'f.csv', given);
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return { encoding, text: Buffer.concat(parts).toString('utf8') };
}

function utf16(text: string, isBigEndian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

const TEXT = 'Name;Preis\r\nMüller & Söhne €;12,50\r\n';

describe('decodeText', () => {
  it.each([1, 2, 3, 5, 1000])('reads every encoding it detects, in chunks of %i bytes', async (size) => {
    const bom = '\ufeff';
    expect(await decoded(Buffer.from(TEXT), size)).toEqual({ encoding: 'utf-8', text: TEXT });
    expect(await decoded(Buffer.from(bom + TEXT), size)).toEqual({ encoding: 'utf-8', text: TEXT });
    expect(await decoded(utf16(bom + TEXT), size)).toEqual({ encoding: 'utf-16le', text: TEXT });
    expect(await decoded(utf16(bom + TEXT, true), size)).toEqual({ encoding: 'utf-16be', text: TEXT });
    expect(await decoded(utf16(TEXT), size)).toEqual({ encoding: 'utf-16le', text: TEXT });
    expect(await decoded(utf16(TEXT, true), size)).toEqual({ encoding: 'utf-16be', text: TEXT });
  });

  it('gives up UTF-8 at the first byte that is none, however far into the file', async () => {
    const bytes = Buffer.concat([Buffer.alloc(2_000_000, 'a'), Buffer.from([0xfc])]);
    await expect(decoded(bytes, 65_536)).rejects.toThrow(NotUtf8);
    await expect(decoded(Buffer.from([0x61, 0xc3]))).rejects.toThrow(NotUtf8);
  });

  it('reads windows-1252 with its euro sign and its typographic quotes', async () => {
    const bytes = Buffer.from([0x4d, 0xfc, 0x20, 0x80, 0x93, 0x94, 0x8a, 0x9f, 0xff, 0x81]);
    expect(await decoded(bytes, 3, 'windows-1252')).toEqual({ encoding: 'windows-1252', text: 'Mü €“”ŠŸÿ\u0081' });
    expect((await decoded(bytes, 3, 'latin1')).encoding).toBe('windows-1252');
  });

  it('reads any encoding that is given by name', async () => {
    expect(await decoded(Buffer.from([0xa3, 0xf3, 0x64, 0xbc]), 1, 'iso-8859-2')).toEqual({ encoding: 'iso-8859-2', text: 'Łódź' });
    expect((await decoded(utf16(TEXT), 3, 'utf-16le')).text).toBe(TEXT);
  });

  it('keeps every character through UTF-8 and UTF-16, wherever the bytes are cut', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !each.includes('\0') && !each.startsWith('\ufeff'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (each, size) => {
        expect((await decoded(Buffer.from(each), size, 'utf-8')).text).toBe(each);
        expect((await decoded(utf16(each), size, 'utf-16le')).text).toBe(each);
        expect((await decoded(utf16(each, true), size, 'utf-16be')).text).toBe(each);
      }),
    );
  });

  it('says what is no text', async () => {
    const image = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const late = Buffer.concat([Buffer.alloc(5000, 'a'), Buffer.from([0])]);
    for (const bytes of [image, late, Buffer.from('fffe000061000000', 'hex')]) {
      expect((await knownErrorOf(decoded(bytes))).code).toBe('not-a-text-file');
    }
  });

  it('holds the user to the encoding that is given', async () => {
    expect((await knownErrorOf(decoded(Buffer.from([0x61, 0xfc]), 2, 'utf-8'))).code).toBe('text-not-in-encoding');
    expect((await knownErrorOf(decoded(Buffer.from([0x61, 0x00, 0x00, 0xd8]), 4, 'utf-16le'))).code).toBe('text-not-in-encoding');
    expect((await knownErrorOf(decoded(Buffer.from('a'), 1, 'klingon'))).code).toBe('encoding-unknown');
  });
});
