import type { XlsxPackage } from './xlsx-package.ts';

/** Words that a workbook holds outside the cells of its visible sheets. */
export interface WordsBesideCells {
  /** Comments or notes on cells, old or threaded. */
  readonly hasComments: boolean;
  /** Texts in shapes. */
  readonly hasShapes: boolean;
  readonly hiddenSheets: readonly string[];
}

const COMMENT_PART = /^xl\/(?:threadedcomments\/|comments)[^/]*(?:\/[^/]+)?\.xml$/i;
const DRAWING_PART = /^xl\/drawings\/[^/]+\.xml$/i;
/** An empty list of comments stays behind when the last of them is deleted. */
const COMMENT = /<(?:\w+:)?(?:comment|threadedComment)[\s>]/;
const SHAPE_TEXT = /<a:t>[^<]/;

export async function wordsBesideCells(source: XlsxPackage): Promise<Omit<WordsBesideCells, 'hiddenSheets'>> {
  return {
    hasComments: await anyPart(source, COMMENT_PART, COMMENT),
    hasShapes: await anyPart(source, DRAWING_PART, SHAPE_TEXT),
  };
}

async function anyPart(source: XlsxPackage, named: RegExp, holding: RegExp): Promise<boolean> {
  for (const part of source.partNames.filter((name) => named.test(name))) {
    const chunks: Buffer[] = [];
    for await (const chunk of source.bytes(part)) chunks.push(chunk);
    if (holding.test(Buffer.concat(chunks).toString('utf8'))) return true;
  }
  return false;
}
