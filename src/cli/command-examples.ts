/** A line that can be typed as it stands, and what it does. */
export type CommandExample = readonly [line: string, does: string];

/** Examples by command, as `--help` prints them; the tests run every one. */
export const COMMAND_EXAMPLES = {
  audit: [
    ['csp-recon audit april.csv', 'audit one file; the report is in csp-recon-report'],
    ['csp-recon audit exports/2026-04 --context exports/2026-03 --fail-on warning', 'a month with its predecessor as history'],
    [
      'csp-recon audit exports/2026-04 --prices prices --invoices invoices.csv --out reports/2026-04',
      'and with price lists and invoice totals',
    ],
  ],
  render: [
    ['csp-recon render csp-recon-report/report.json --redact --out to-share', 'the whole report under pseudonyms, in a folder of its own'],
    ['csp-recon render csp-recon-report/report.json --format html --min-amount 50 --out large-ones', 'one page with the larger findings'],
  ],
  explain: [
    ['csp-recon explain CR04', 'what the rule checks, its dated figures and their sources'],
    ['csp-recon explain new-commerce.cancellation-window', 'the history of one policy figure'],
  ],
  rules: [['csp-recon rules --as-of 2022-03-01', 'the catalogue, and the policy figures in force on that day']],
  prorate: [
    [
      'csp-recon prorate --commerce new-commerce --price 10.08 --quantity 10 --currency EUR --first 2021-06-18 --last 2021-07-17 --on 2021-06-20',
      'ten licences added on the third day',
    ],
    [
      'csp-recon prorate --kind reservation --price 3650 --quantity 1 --currency USD --purchased 2021-01-01 --term 1y --plan upfront --returned 2021-01-07',
      'a reservation given back on day 6',
    ],
  ],
  sample: [['csp-recon sample sample-month', 'the made-up month and a guide to what will be found in it']],
  deadlines: [
    ['csp-recon deadlines csp-recon-report/report.json', 'from a saved report'],
    ['csp-recon deadlines exports/2026-04 --format ics --out deadlines.ics', 'from exports, as a calendar'],
  ],
  baseline: [
    [
      'csp-recon baseline csp-recon-report/report.json --file accepted.json --rule AR02 --reason "agreed rounding" --owner anna --expires 2027-03-31',
      'accept the findings of one rule until a day',
    ],
    ['csp-recon baseline csp-recon-report/report.json --file accepted.json --prune', 'take out what has ended or matches nothing any more'],
  ],
  completion: [
    ['csp-recon completion >> ~/.bashrc', 'for bash; begin a new shell to use it'],
    ['csp-recon completion >> ~/.zshrc', 'for zsh, which is known by the variable SHELL'],
  ],
} as const satisfies Readonly<Record<string, readonly CommandExample[]>>;
