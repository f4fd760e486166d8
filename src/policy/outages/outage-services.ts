import type { Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import { useOf, valueOn, type Parameter } from '../parameter.ts';
import { MICROSOFT_365, outageCreditTiers, outageSuiteShares, type CreditTier, type SuiteShares } from '../parameters/outage-credits.ts';
import { outagePrefixes } from '../parameters/outage-eligibility.ts';

/** A service that can be down, as claims, tiers and products know it. */
export interface OutageService {
  readonly name: string;
  /** Letters and digits of the name in lower case: equal for one service. */
  readonly key: string;
  readonly isAzure: boolean;
  readonly isMicrosoft365: boolean;
  /** Short names that a text may give it by, as words. */
  readonly aliases: readonly string[];
  /** A portal has no price: nobody can say what a month of it costs. */
  readonly hasPrice: boolean;
  /** Parts of the names of products that are this service alone. */
  readonly standalone: readonly string[];
  readonly notStandalone: readonly string[];
  /** The part of a suite it is sold as. */
  readonly part: string;
}

interface Known {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly standalone: readonly string[];
  readonly notStandalone?: readonly string[];
  readonly part?: string;
  readonly hasPrice?: boolean;
}

/** The published table of abbreviations and the services that stand beside it in suites, with the names they go by. */
const KNOWN: readonly Known[] = [
  {
    name: 'Exchange Online',
    aliases: ['exchange', 'exo'],
    standalone: ['exchangeonline'],
    notStandalone: ['exchangeonlineprotection', 'exchangeonlinearchiving'],
  },
  // Sold alone, or as a part of Exchange Online.
  {
    name: 'Exchange Online Protection',
    aliases: ['eop'],
    standalone: ['exchangeonline'],
    notStandalone: ['exchangeonlinearchiving'],
    part: 'Exchange Online',
  },
  {
    name: 'Skype for Business Online',
    aliases: ['skypeforbusiness', 'lynconline', 'lync'],
    standalone: ['skypeforbusinessonline', 'lynconline'],
    part: 'Microsoft Teams',
  },
  {
    name: 'Office Subscription',
    aliases: ['officesubscriptions', 'microsoft365apps', 'office365proplus', 'officeapps'],
    standalone: [],
  },
  {
    name: 'Power BI for Office 365',
    aliases: ['powerbi', 'powerbipro', 'powerbipremium'],
    standalone: ['powerbipro', 'powerbipremium', 'powerbiforoffice365'],
  },
  { name: 'SharePoint Online', aliases: ['sharepoint'], standalone: ['sharepointonline', 'sharepointplan'] },
  { name: 'Yammer Enterprise', aliases: ['yammer', 'vivaengage'], standalone: ['yammerenterprise', 'vivaengage'] },
  {
    name: 'Portal error',
    aliases: ['portal', 'microsoft365portal', 'microsoft365admincenter', 'microsoft365suite'],
    standalone: [],
    hasPrice: false,
  },
  { name: 'OneDrive for Business', aliases: ['onedrive'], standalone: ['onedriveforbusiness'] },
  {
    name: 'Microsoft Teams',
    aliases: ['teams'],
    standalone: ['teamsessentials', 'microsoftteamsenterprise', 'microsoftteamseea'],
  },
  { name: 'Microsoft Intune', aliases: ['intune'], standalone: ['intune'] },
];

/** Letters and digits in lower case. */
export function nameKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const AZURE = /^(?:microsoft )?azure\b(?! (?:active directory|ad)\b)/i;

/** The service that an incident is of. */
export interface NamedService {
  readonly service: OutageService;
  /** The name and the id of the row do not agree, in words; null where they do. */
  readonly doubt: string | null;
  /** The published table of abbreviations, where the id told the service. */
  readonly use: ParameterUse | null;
}

const INCIDENT_ID = /^[A-Z]{2}\d+$/i;

/**
 * The service of an incident by its name; by the letters its id begins with where there is no name, or none that is known. null where neither
 * tells. Source of the letters: the published table, which is said to hold common ones, not all.
 */
export function serviceOf({ service, incidentId, startedAt }: ServiceIncident, ownTerms: readonly OwnTerm[]): NamedService | null {
  const prefixes = valueOn(outagePrefixes, startedAt.day, ownTerms);
  const letters = INCIDENT_ID.test(incidentId) ? incidentId.slice(0, 2).toUpperCase() : '';
  const meant = prefixes?.value[letters];
  const byId = meant === undefined || prefixes === null ? null : { service: serviceNamed(meant), use: useOf(outagePrefixes, prefixes) };
  if (service === '') return byId === null ? null : { ...byId, doubt: null };
  const named = serviceNamed(service);
  // Errors of the portal go with outages of anything.
  if (byId === null || byId.service.key === named.key || (isKnown(named, startedAt.day, ownTerms) && !byId.service.hasPrice))
    return { service: named, doubt: null, use: null };
  const ids = `ids that begin with ${letters} are of ${byId.service.name} by the published table`;
  return isKnown(named, startedAt.day, ownTerms)
    ? { service: named, doubt: `the row names ${named.name}, but ${ids}; the name is taken`, use: byId.use }
    : { ...byId, doubt: `"${service}" is no service of any table here, and ${ids}, which is taken` };
}

/** Whether the letters that an incident's id begins with name a service, by the published table. */
export function isOfItsLetters({ incidentId, startedAt }: ServiceIncident, service: OutageService, ownTerms: readonly OwnTerm[]): boolean {
  const meant = valueOn(outagePrefixes, startedAt.day, ownTerms)?.value[incidentId.trim().slice(0, 2).toUpperCase()];
  return meant !== undefined && nameKey(meant) === service.key;
}

/** A service with tiers, of a published table or the partner's own, or one of Azure. */
function isKnown(service: OutageService, day: Day, ownTerms: readonly OwnTerm[]): boolean {
  return service.isMicrosoft365 || service.isAzure || tiersOf(service, day, ownTerms) !== null;
}

/** The same name without the maker's before it and the word service after it. */
function plainKeys(key: string): readonly string[] {
  const short = key.replace(/services?$/, '');
  return [short, key.replace(/^microsoft/, ''), short.replace(/^microsoft/, '')];
}

function serviceNamed(name: string): OutageService {
  const key = nameKey(name);
  const keys = [key, ...plainKeys(key)];
  const known = KNOWN.find((one) => keys.some((each) => nameKey(one.name) === each || one.aliases.includes(each)));
  if (known !== undefined) {
    const { standalone, notStandalone = [], part = known.name, hasPrice = true } = known;
    return {
      name: known.name,
      key: nameKey(known.name),
      isAzure: false,
      isMicrosoft365: true,
      aliases: known.aliases,
      hasPrice,
      standalone,
      notStandalone,
      part,
    };
  }
  const isAzure = AZURE.test(name);
  return { name, key, isAzure, isMicrosoft365: false, aliases: [], hasPrice: true, standalone: [key], notStandalone: [], part: name };
}

/** A value of a table that may be agreed in part: what the partner's own table does not name is as published. */
function picked<T, V>(
  parameter: Parameter<T>,
  day: Day,
  ownTerms: readonly OwnTerm[],
  pick: (table: T) => V | null,
): { readonly value: V; readonly use: ParameterUse; readonly isAgreed: boolean } | null {
  for (const terms of ownTerms.length === 0 ? [ownTerms] : [ownTerms, []]) {
    const dated = valueOn(parameter, day, terms);
    const value = dated === null ? null : pick(dated.value);
    if (dated !== null && value !== null) return { value, use: useOf(parameter, dated), isAgreed: dated.basis === 'agreed' };
  }
  return null;
}

/** The tiers of a service on a day, the lowest threshold first; null where no text gives them. */
export function tiersOf(
  service: OutageService,
  day: Day,
  ownTerms: readonly OwnTerm[],
): { readonly tiers: readonly CreditTier[]; readonly use: ParameterUse } | null {
  const found = picked(outageCreditTiers, day, ownTerms, (table) => {
    const own = Object.entries(table).find(([name]) => serviceNamed(name).key === service.key)?.[1];
    return own ?? (service.isMicrosoft365 ? table[MICROSOFT_365] : undefined) ?? null;
  });
  if (found === null) return null;
  const tiers = [...found.value].sort((a, b) => new Decimal(a.below).comparedTo(b.below));
  return { tiers, use: found.use };
}

/** A product's part that is the service: `share` of its price. */
export interface ServiceShare {
  readonly share: string;
  /** What to say of it in the working. */
  readonly reading: string;
  readonly isAssumed: boolean;
  readonly use: ParameterUse | null;
}

/** Names that Microsoft adds to a suite's without changing what it is but for Teams. */
const TAILS = /(?:eea)?(?:noteams|withteams)?(?:for(?:faculty|students|charity))?(?:nonprofit(?:pricing|staffpricing)?)?$/;

/** Which part of a product is the service; null where it has none of it. */
export function shareOf(
  service: OutageService,
  product: { readonly name: string; readonly meter: string },
  day: Day,
  ownTerms: readonly OwnTerm[],
): ServiceShare | null {
  const key = nameKey(product.name);
  const agreed = ownTerms.length === 0 ? null : picked(outageSuiteShares, day, ownTerms, (table) => partsOf(table, key));
  if (agreed?.isAgreed === true) {
    const share = partOf(agreed.value, service);
    if (share === '0') return null;
    if (share === null) return ofTheRest(service, product.name, agreed, day);
    return { share, reading: `${share} of ${product.name}, as agreed`, isAssumed: false, use: agreed.use };
  }
  const names = `${key} ${nameKey(product.meter)}`;
  const isAlone = service.standalone.some((part) => names.includes(part)) && !service.notStandalone.some((part) => names.includes(part));
  if (isAlone) return { share: '1', reading: `all of ${product.name}`, isAssumed: false, use: null };
  return inSuite(service, product.name, day);
}

/** A service of the suite that was not agreed on: what the agreed shares leave, in equal parts. */
function ofTheRest(
  service: OutageService,
  name: string,
  agreed: { readonly value: Readonly<Record<string, string>>; readonly use: ParameterUse },
  day: Day,
): ServiceShare | null {
  const published = picked(outageSuiteShares, day, [], (table) => partsOf(table, suiteKey(name)));
  const isNamed = (one: string): boolean => Object.keys(agreed.value).some((each) => nameKey(each) === nameKey(one));
  const others = Object.keys(published?.value ?? {}).filter((one) => !isNamed(one) && (one !== TEAMS || !isWithoutTeams(name)));
  const left = Object.values(agreed.value).reduce((rest, share) => {
    const { part, of } = fractionOf(share);
    return rest.minus(part.div(of));
  }, new Decimal(1));
  if (!others.some((one) => nameKey(one) === nameKey(service.part)) || !left.isPositive() || left.isZero()) return null;
  const share = `${left.toString()}/${others.length}`;
  const reading = `${share} of ${name}: what the agreed shares leave, ${others.join(', ')} in equal parts (an assumption; --policy sets another)`;
  return { share, reading, isAssumed: true, use: agreed.use };
}

const TEAMS = 'Microsoft Teams';

function suiteKey(name: string): string {
  return nameKey(name).replace('365enterprise', '365').replace(TAILS, '');
}

function isWithoutTeams(name: string): boolean {
  return nameKey(name).includes('noteams');
}

/** Additions to a suite, which hold none of its services. */
const ADDITIONS =
  /security|compliance|governance|risk|discovery|audit|copilot|phone|audio|calling|protection|defender|backup|archiv|storage/;

/** Whether a product is a suite by its name, of which no table tells the services. */
export function isUnknownSuite(name: string, day: Day, ownTerms: readonly OwnTerm[]): boolean {
  const key = nameKey(name);
  if (!/^(?:microsoft|office)365/.test(key) || ADDITIONS.test(key)) return false;
  return [nameKey(name), suiteKey(name)].every((one) => picked(outageSuiteShares, day, ownTerms, (table) => partsOf(table, one)) === null);
}

function inSuite(service: OutageService, name: string, day: Day): ServiceShare | null {
  const found = picked(outageSuiteShares, day, [], (table) => partsOf(table, suiteKey(name)));
  if (found === null) return null;
  const services = Object.keys(found.value).filter((one) => !isWithoutTeams(name) || one !== TEAMS);
  const isWithin = services.some((one) => nameKey(one) === nameKey(service.part));
  if (!isWithin) return null;
  const share = isWithoutTeams(name) ? `1/${services.length}` : partOf(found.value, service);
  if (share === null) return null;
  const reading = `${share} of ${name}, the ${services.length} services ${services.join(', ')} in equal parts (an assumption; --policy sets another)`;
  return { share, reading, isAssumed: true, use: found.use };
}

function partsOf(table: SuiteShares, key: string): Readonly<Record<string, string>> | null {
  return Object.entries(table).find(([suite]) => nameKey(suite) === key)?.[1] ?? null;
}

function partOf(parts: Readonly<Record<string, string>>, service: OutageService): string | null {
  const of = (name: string): string | null => Object.entries(parts).find(([one]) => nameKey(one) === nameKey(name))?.[1] ?? null;
  return of(service.name) ?? of(service.part);
}

/** A share's text as numerator and denominator: `1/7`, `0.35`, `1`. */
export function fractionOf(share: string): { readonly part: Decimal; readonly of: Decimal } {
  const [part = '1', of = '1'] = share.split('/');
  return { part: new Decimal(part.startsWith('.') ? `0${part}` : part), of: new Decimal(of) };
}
