import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. What is written of it may be made to lie, as damaged archives do. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly method?: 'store' | 'deflate';
  /** Replaces the checksum. */
  readonly checksum?: number;
  /** Replaces the expanded size. */
  readonly size?: number;
  /** Replaces the number of the compression method in the headers. */
  readonly methodCode?: number;
  /** General purpose bits; bit 0 says the entry is encrypted, bit 11 that its name is UTF-8. */
  readonly flags?: number;
}

const UTF8_NAME = 0x800;

/** A zip archive of the entries, in their order. */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content);
    const isStored = entry.method === 'store';
    const packed = isStored ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? UTF8_NAME, 2);
    common.writeUInt16LE(entry.methodCode ?? (isStored ? 0 : 8), 4);
    common.writeUInt32LE(entry.checksum ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
