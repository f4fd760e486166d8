import { CLAIM_STATUSES } from './claims-register.ts';

/** The sheet of register.xlsx that says how it is used. */
export const REGISTER_README_SHEET = 'Read me';
export const REGISTER_README_TITLE = 'The claims register';

export const REGISTER_README: readonly string[] = [
  'Grey columns are worked out anew at each run of csp-recon whose files show the claim, so what you write in them is replaced; of a claim that no file shows any more they are taken as they stand, so leave them alone. Those from Rule to Fingerprint are folded and open with the [+] above them.',
  'White columns are yours, and so is every column that you add: csp-recon keeps what you write in them to the letter, a formula as the value it showed.',
  'Words anywhere else (comments on cells, text boxes, sheets of your own, rows above the header) would be lost in the next register, so csp-recon refuses a register that has them: move them into a white column or another workbook.',
  `Choose the status of a claim from the list (${CLAIM_STATUSES.join(', ')}); an empty one counts as open.`,
  'Sort, filter and move columns as you like, but keep the columns Fingerprint and Status and one row for each claim, and give the file to the next run with --register.',
  'A credit that arrives later is entered under Received and Evidence of credit, and once the whole amount has come the status becomes granted.',
];

/** Sentences of earlier versions: registers that have them are read all the same, so none is ever taken from this list. */
export const REGISTER_FORMER_README: readonly string[] = [
  'Grey columns are worked out anew at each run of csp-recon, so what you write in them is replaced; those from Rule to Fingerprint are folded and open with the [+] above them.',
];

/** What stands above the headers: whose columns these are. */
export const REGISTER_BAND = { ours: 'worked out anew at each run', yours: 'yours' } as const;
