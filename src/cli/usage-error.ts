import { KnownError } from '../domain/known-error.ts';
import { closestWord } from './closest-word.ts';
import { COMMANDS } from './commands.ts';

/** A mistake on the command line, in yargs's words. What was meant is found out at the error boundary. */
export class UsageMistake extends Error {}

/**
 * A mistake on the command line, from what yargs says of it in English.
 * @param optionsOf the options that a command has, each as it is typed.
 */
export async function usageError(
  message: string,
  argv: readonly string[],
  optionsOf: (command: string) => Promise<readonly string[]>,
): Promise<KnownError> {
  const [word = ''] = argv;
  const command = COMMANDS.find((one) => nameOf(one) === word);
  if (command === undefined) return noCommand(word);
  const found = (text: string, expected = `The command csp-recon ${command} with its options.`, meant: string | null = null): KnownError =>
    new KnownError({
      code: 'usage',
      found: text,
      expected,
      remedy: `${meant === null ? '' : `Did you mean ${meant}? `}Run csp-recon ${word} --help for all options.`,
    });
  const choice = /Argument: (.*), Given: (.*), Choices: (.*)$/m.exec(message);
  if (choice !== null) {
    const [, name = '', given = '', choices = ''] = choice;
    const words = choices.replaceAll('"', '').split(', ');
    const meant = closestWord(given.replaceAll('"', ''), words);
    return found(`--${name} is ${given}.`, `One of ${words.join(', ')}.`, meant === null ? null : `--${name} ${meant}`);
  }
  if (message.startsWith('Not enough non-option')) return found(`The command ${word} is not told what it is to work on.`);
  const [, kind, names = ''] = /^(Unknown|Missing required) arguments?: (.*)$/.exec(message) ?? [];
  if (kind === 'Unknown') {
    const unknown = unknownOf(names.split(', '), argv);
    const meant = unknown.option === null ? null : meantOption(unknown.option, await optionsOf(word));
    return found(`The command ${word} does not know ${unknown.text}.`, undefined, meant);
  }
  if (kind !== undefined) return found(`The command ${word} lacks --${names.split(', ').join(' and --')}.`);
  return found(message.endsWith('.') ? message : `${message}.`);
}

function nameOf(command: string): string {
  return command.split(' ')[0] ?? '';
}

function noCommand(word: string): KnownError {
  const names = COMMANDS.map(nameOf);
  const meant = closestWord(word, names);
  return new KnownError({
    code: 'usage',
    found: word === '' || word.startsWith('-') ? 'No command is named.' : `There is no command "${word}".`,
    expected: `One of ${names.join(', ')}.`,
    remedy: meant === null ? 'Run csp-recon --help for the commands.' : `Did you mean csp-recon ${meant}?`,
  });
}

interface Unknown {
  readonly text: string;
  /** The first option that is not known, as it was typed; null where only words are. */
  readonly option: string | null;
}

/** yargs names an option without its dashes and once more in camel case, and words without their place. */
function unknownOf(names: readonly string[], argv: readonly string[]): Unknown {
  const options = argv
    .filter((word) => word.startsWith('-'))
    .map((word) => word.split('=')[0] ?? '')
    .filter((word) => names.includes(word.replace(/^--?(no-)?/, '')));
  const words = names.filter((name) => argv.includes(name));
  const texts = [...options.map((option) => `the option ${option}`), ...words.map((name) => `the word "${name}"`)];
  return { text: texts.join(', ') || names.join(', '), option: options[0] ?? null };
}

/** Every option that is a switch can also be told off. */
function meantOption(typed: string, options: readonly string[]): string | null {
  const isOff = typed.startsWith('--no-');
  const meant = closestWord(isOff ? typed.replace('--no-', '--') : typed.replace(/^-+/, '--'), options);
  return meant !== null && isOff ? meant.replace('--', '--no-') : meant;
}
