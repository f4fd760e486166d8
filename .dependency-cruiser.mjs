/** The architecture of src/README.md, executable: who may import whom. */
const only = (from, to, comment) => ({
  name: `${from}-imports-only-${to.join('-') || 'nothing-of-ours'}`,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...to.map((t) => `^src/${t}/`)] },
});

export default {
  forbidden: [
    only('domain', [], 'The domain is pure and stands alone.'),
    only('policy', ['domain'], 'Policy is dated data about the domain.'),
    only('rules', ['domain', 'policy'], 'A rule sees a subject and the policy, nothing else.'),
    only('engine', ['domain', 'policy', 'rules'], 'The engine runs rules; files and terminals are not its business.'),
    only('ingest', ['domain'], 'Ingest turns bytes into charge lines.'),
    only('report', ['domain'], 'Reporters render the one report and recompute nothing.'),
    {
      name: 'rules-do-not-import-one-another',
      comment: 'Precedence between rules belongs to the engine.',
      severity: 'error',
      from: { path: '^src/rules/[A-Z]{2}\\d\\d-' },
      to: { path: '^src/rules/[A-Z]{2}\\d\\d-' },
    },
    {
      name: 'files-are-opened-in-few-places',
      comment: 'The core has no file system and no process.',
      severity: 'error',
      from: { path: '^src/(domain|policy|rules|engine)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'exceljs-only-in-the-xlsx-reporter',
      comment: 'Reading workbooks is ours (ingest/xlsx/xlsx-rows); exceljs writes.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/report/xlsx/' },
      to: { path: 'node_modules/exceljs' },
    },
    {
      name: 'yargs-and-pino-only-in-cli',
      comment: 'Only the command line knows arguments and logs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|bin)' },
      to: { path: 'node_modules/(yargs|pino|ora)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file nobody imports is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/(bin|index)\\.ts$|^src/report/html/assets/' },
      to: {},
    },
    { name: 'no-dev-dependencies-in-src', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
