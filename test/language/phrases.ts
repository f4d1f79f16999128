/** A phrase that this project does not use, because readers have to decode it. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly instead: string;
  readonly why: string;
  /** Text that the pattern has to find. */
  readonly example: string;
}

const FRAGMENT = 'A comment is a sentence with a subject and a verb of its own.';
const ONE_WORD = 'One idea has one word everywhere.';
const PLAIN = 'The plain word is read faster.';

/** Phrases that a comment may not open with. */
export const OPENINGS: readonly Phrase[] = [
  opening('Of', 'the noun first: "Credentials of an assumed role"', 'Of a role that was assumed.'),
  opening('But', 'name the subject: "All roles except …"', 'But the number of the others.'),
  opening('Those|These|That of', 'the noun: "Rows that …"', 'Those without a tag.'),
  opening('What', 'Returns/Reports/Pushes … or the noun', 'What a run brought.'),
  opening('Which|Who|Whoever|Whatever', 'the noun: "Regions that …"', 'Which Regions are on.'),
  opening('Where', 'the noun, or "In a Region without …, the row is …"', 'Where nothing is known.'),
  opening('How', 'Returns/Writes/Formats … or "The number of …"', 'How many days the window has.'),
  opening('So that|So as', 'the fact first, then its reason', 'So that the bundle stays small.'),
  opening('As', 'Returns …, or "In the format of …"', 'As GitHub makes them.'),
  opening('The same', 'name what is equal: "Sorts as `byName` does"', 'The same for members.'),
  opening('None of', '"No …"', 'None of the others.'),
  opening('Each to|Each row to', '"Assigns each …"', 'Each row to exactly one owner.'),
  opening('Whether', 'True if …, or "Reports whether …"', 'Whether the gateway is up.'),
  opening('Why', '"The reason …"', 'Why it no longer runs.'),
  opening('Also|Should', 'the subject first', 'Also the timeout of a scrape.'),
  opening('In the order', '"… in the order of …"', 'In the order of GroupBy.'),
];

/** Phrases that no comment, string or page may hold. */
export const PHRASES: readonly Phrase[] = [
  phrase(/\bwhole (successful )?runs?\b/, 'complete run', ONE_WORD, 'the last whole run'),
  phrase(
    /\bwhole (UTC |calendar )?(days?|weeks?|months?)\b/,
    'full UTC day, full month',
    ONE_WORD,
    'of whole days',
  ),
  phrase(
    /\b(was|were|is|are|be|been|ever|not) whole\b(?! (UTC|calendar|day|number|run|month))/,
    'complete',
    ONE_WORD,
    'no run was ever whole',
  ),
  phrase(
    /\bthe whole(?=[.,;:)]|$| (of|that)\b)/,
    'the total, everything',
    PLAIN,
    'a thousandth of the whole',
  ),
  phrase(/\bto be had\b/, 'available', PLAIN, 'with no servers to be had'),
  phrase(/\blet(s|ting)? (it |them )?be\b/, 'tolerates', PLAIN, 'the alert lets be a cent'),
  phrase(/\bat one go\b|\bwhole at once\b/, 'in one request, atomically', PLAIN, 'all pages at one go'),
  phrase(
    /\bnobody['’]s\b|\bnobody owns\b|\b(of|by|to) nobody\b/,
    'unattributed',
    ONE_WORD,
    'what nobody owns',
  ),
  phrase(/\bfold(s|ed|ing)\b/, 'aggregate into `__other__`', ONE_WORD, 'the folded rest'),
  phrase(/\btexts\b/, 'strings', ONE_WORD, 'a list of texts'),
  phrase(/\bJSON lists?\b/, 'JSON array', ONE_WORD, 'expected a JSON list'),
  phrase(/\b(left|leaves?|leaving) (\S+ ){0,3}out\b/, 'omit', PLAIN, 'the run left a part out'),
  phrase(
    /\btold\b|\btells\b/,
    'report, show; to tell apart is to distinguish',
    ONE_WORD,
    'the health is told',
  ),
  phrase(/\bas [\w' ]{1,40} (says?|has|calls?) (it|them)\b/, 'in the format of …', PLAIN, 'as AWS says it'),
  phrase(
    /\bgot something else\b/,
    'got `<the value>`',
    'An error names what was there.',
    'got something else',
  ),
  phrase(/,? too(?=[.;:,)]|$)/, 'also, or nothing', PLAIN, 'for the past, too.'),
  phrase(
    /\bquestions?\b/,
    'query (one logical request) or request (one billed page)',
    ONE_WORD,
    'ten questions a day',
  ),
  phrase(
    /\bmistakes? (of|by) (a |the )?(person|people|user)/,
    'user error',
    ONE_WORD,
    'mistakes of the person',
  ),
  phrase(/\bthat which\b/, 'the noun', PLAIN, 'that which is missing'),
  phrase(/\b(an|the|each|every|one|this) acts?\b/, 'operation', PLAIN, 'what an act brought'),
  phrase(/\bnothing of\b/, 'no …', PLAIN, 'pushes nothing of a new job'),
  phrase(/\bso many\b(?! that)/, 'the given number of', PLAIN, 'the first of so many months'),
  phrase(
    /\b(held|holds?|holding) (\S+ ){0,4}against\b/,
    'compare with',
    PLAIN,
    'holds every number against the bill',
  ),
  phrase(/\banew\b/, 'again', PLAIN, 'read anew'),
  phrase(
    /\b(absent|undefined|empty|false|none|nothing|0|also|even) where\b/,
    'if',
    PLAIN,
    'undefined where no Region has it',
  ),
  phrase(
    /\b(once|one [a-z]+|requests|pages|queries|samples|attempts) an? (run|query|series|request|attempt|page|region|account|handler)\b/,
    'once per run, one per query',
    PLAIN,
    'one page a query',
  ),
  phrase(/\b(a|each|one) line each\b|\bone line a\b/, 'one per line', PLAIN, 'findings, a line each'),
  phrase(
    /\bwhat (is|was|were|are) (in it|there|in them)\b/,
    'the value, the contents',
    PLAIN,
    'never shows what is in it',
  ),
  phrase(
    /\bwhat (a |an )?(person|people) (did|does|do|passe?s?|writes?)\b/,
    'user error, settings',
    PLAIN,
    'what a person did wrong',
  ),
  phrase(/\bgoes with it\b/, 'is removed as well', PLAIN, 'what it stored goes with it'),
  phrase(/\bso as (not )?to\b/, 'to', PLAIN, 'so as not to wait'),
  phrase(/\bmend(s|ed|ing)?\b/, 'fix', PLAIN, 'once it is mended'),
  phrase(/\b(is|are) to be\b/, 'must be, or the verb', PLAIN, 'a call that is to be added'),
  phrase(/\b(it|nobody|somebody|everybody) else's\b/, 'the noun', PLAIN, "somebody else's name"),
];

function phrase(pattern: RegExp, instead: string, why: string, example: string): Phrase {
  return { pattern: new RegExp(pattern.source.replaceAll(' ', '\\s+'), 'gi'), instead, why, example };
}

function opening(words: string, instead: string, example: string): Phrase {
  return { pattern: new RegExp(`^(${words})\\b`, 'gi'), instead, why: FRAGMENT, example };
}
