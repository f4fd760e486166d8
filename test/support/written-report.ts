import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';

/** Every file below a folder by its path, as text; of a workbook every part by itself. */
export async function textsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (extname(path) !== '.xlsx') texts.set(path, await readFile(path, 'utf8'));
    else for (const [part, content] of await partsOf(path)) texts.set(`${path}!${part}`, content);
  }
  return texts;
}

function partsOf(path: string): Promise<readonly (readonly [string, string])[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true }, (error, archive) => {
      if (error !== null) {
        reject(error);
        return;
      }
      const parts: (readonly [string, string])[] = [];
      archive.on('entry', (entry: yauzl.Entry) => {
        archive.openReadStream(entry, (failure, stream) => {
          if (failure !== null) {
            reject(failure);
            return;
          }
          text(stream).then((content) => {
            parts.push([entry.fileName, content]);
            archive.readEntry();
          }, reject);
        });
      });
      archive.on('end', () => {
        resolve(parts);
      });
      archive.on('error', reject);
      archive.readEntry();
    });
  });
}
