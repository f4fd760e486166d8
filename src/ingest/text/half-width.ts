const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;
/** Between a character and its full-width form. */
const DISTANCE = 0xfee0;

/** Digits, marks and blanks as Japanese text may have them, `１２．５`, in the form that all others have. */
export function halfWidth(text: string): string {
  return text.replace(FULL_WIDTH, (one) => (one === '\u3000' ? ' ' : String.fromCharCode(one.charCodeAt(0) - DISTANCE)));
}
