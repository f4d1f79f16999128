import type { Report, ReportedSection, Table } from './report';
import { cut, oneLine } from './visible-text';

/** Returns an Adaptive Card in the envelope of Teams workflows, below the 28 KB that Teams shows. */
export function teamsMessage({ title, sections }: Report): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    msteams: { width: 'Full' },
    body: [text(title, { size: 'Large', weight: 'Bolder' }), ...sections.flatMap(elementsOf)],
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

const NAME_WIDTH = 40;
const LINE_WIDTH = 300;

function elementsOf({ title, table, lines }: ReportedSection): object[] {
  return [
    text(title, { weight: 'Bolder' }),
    ...(table ? [tableOf(table)] : []),
    ...lines.map((line) => text(cut(oneLine(line), LINE_WIDTH))),
  ];
}

function tableOf({ header, rows }: Table): object {
  return {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: header.map((_, i) => (i === 0 ? NAMES : FIGURES)),
    rows: [header, ...rows].map((cells) => ({ type: 'TableRow', cells: cells.map(cellOf) })),
  };
}

const NAMES = { width: 2 };
const FIGURES = { width: 1, horizontalCellContentAlignment: 'Right' };

function cellOf(cell: string): object {
  return { type: 'TableCell', items: [text(cut(oneLine(cell), NAME_WIDTH))] };
}

/** Uses a TextRun, because a TextBlock is Markdown, in which names could become links. */
function text(words: string, style: Readonly<Record<string, string>> = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words, ...style }] };
}
