/** A comment, a string or a page: one stretch of prose in a file. */
export interface Prose {
  readonly kind: 'comment' | 'string' | 'page';
  /** The prose; a line break or comment marker is blank, and each character of a code span is a §. */
  readonly text: string;
  /** Position of the prose in its file. */
  readonly start: number;
}

/** Returns the prose of a file, by the kind of its extension. */
export function proseIn(file: string, content: string): Prose[] {
  const extension = file.replace(/^.*\./, '');
  return (READERS[extension] ?? (() => []))(content);
}

/** Returns the line number, from 1, of a position. */
export function lineAt(content: string, position: number): number {
  return content.slice(0, position).split('\n').length;
}

const READERS: Readonly<Record<string, (content: string) => Prose[]>> = {
  md: page,
  ts: code,
  cjs: code,
  mjs: code,
  css: code,
  yaml: configuration,
  yml: configuration,
};

/** A page is one stretch, without generated parts and program output: their source is checked. */
function page(content: string): Prose[] {
  const own = content
    .replace(/<!-- generated: [\s\S]*?<!-- end: .*?-->/g, blank)
    .replace(/^```(\w*)\n[\s\S]*?^```$/gm, (fence, language) => (language === '' ? blank(fence) : fence));
  return own.trim() === '' ? [] : [{ kind: 'page', text: plain(own), start: 0 }];
}

// Regular expressions come before strings because they may hold a quotation mark.
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>/\*[\s\S]*?\*/|//.*(?:\n\s*//.*)*)`,
    String.raw`(?<regex>(?<=[(,=:[!&|?{};\n]\s*|=> )/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+/[a-z]*)`,
    String.raw`(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\`(?:\\[\s\S]|[^\`\\])*\`)`,
  ].join('|'),
  'g',
);

function code(content: string): Prose[] {
  return [...content.matchAll(TOKEN)].flatMap(({ index, groups = {} }): Prose[] => {
    if (groups.comment !== undefined) return [comment(groups.comment, index)];
    if (groups.string === undefined || IMPORT.test(groups.string)) return [];
    return [{ kind: 'string', text: plain(groups.string.slice(1, -1)), start: index + 1 }];
  });
}

const IMPORT = /^'\.{1,2}\//;

/** Comments of a YAML file; consecutive lines are one comment. */
function configuration(content: string): Prose[] {
  const found = content.matchAll(/(?<=^|\s)#.*(?:\n\s*#.*)*/g);
  return [...found].map(({ 0: text, index }) => comment(text, index));
}

function comment(token: string, index: number): Prose {
  const text = plain(token.replace(/^\s*(\/\*+|\*+(?!\/)|\/\/+|#+)|\*+\/$/gm, blank));
  return { kind: 'comment', text, start: index };
}

/** Hides code spans and line breaks without moving anything. */
function plain(text: string): string {
  return text.replace(/`[^`\n]*`/g, (span) => '§'.repeat(span.length)).replaceAll('\n', ' ');
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
