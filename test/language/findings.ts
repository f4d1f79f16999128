import { OPENINGS, PHRASES, type Phrase } from './phrases';
import { lineAt, type Prose, proseIn } from './prose';

export interface Finding {
  readonly line: number;
  readonly words: string;
  readonly phrase: Phrase;
}

/** Returns every forbidden phrase of a file. */
export function findingsIn(file: string, content: string): Finding[] {
  return proseIn(file, content).flatMap((prose) =>
    [...findings(prose, PHRASES), ...(prose.kind === 'comment' ? openings(prose) : [])].map(
      ({ at, ...finding }) => ({ ...finding, line: lineAt(content, prose.start + at) }),
    ),
  );
}

type Found = Omit<Finding, 'line'> & { readonly at: number };

function openings({ text, ...prose }: Prose): Found[] {
  const indent = text.length - text.trimStart().length;
  const found = findings({ ...prose, text: text.trimStart() }, OPENINGS);
  return found.map((finding) => ({ ...finding, at: finding.at + indent }));
}

function findings({ text }: Prose, phrases: readonly Phrase[]): Found[] {
  return phrases.flatMap((phrase) =>
    [...text.matchAll(phrase.pattern)].map(({ 0: words, index }) => ({ at: index, words, phrase })),
  );
}
