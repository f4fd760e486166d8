import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noFloats = [
  { selector: "CallExpression[callee.name='Number']", message: 'Money is decimal: parse with domain/money.' },
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Money is decimal: parse with domain/money.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'The core is deterministic.' },
];
const noClock = [
  { selector: "NewExpression[callee.name='Date']", message: 'A date is a calendar day in UTC: use domain/days.' },
  { selector: "MemberExpression[object.name='Date']", message: 'The core has no clock: asOf is an argument.' },
];

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'fixtures', 'bench-work', 'csp-recon-report', 'demo'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.config.js', '.dependency-cruiser.mjs'] } } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['src/domain/**', 'src/policy/**', 'src/rules/**', 'src/engine/**'],
    rules: { 'no-restricted-syntax': ['error', ...noFloats, ...noClock] },
  },
  // The scripts of report.html share one scope, as in the page: what is not there or not used is seen by the compiler, which reads them all.
  { files: ['src/report/html/assets/*.js'], rules: { 'no-undef': 'off', '@typescript-eslint/no-unused-vars': 'off' } },
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['*.config.js', '*.config.ts', '.dependency-cruiser.mjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-exports': 'off' },
  },
);
