/** Returns the commands in the tables of a page: code spans in which a pipe is escaped. */
export function commandsOf(page: string): string[] {
  const rows = [...page.matchAll(/^\| .*$/gm)].map(([row]) => row);
  return rows.flatMap((row) =>
    [...row.matchAll(/`((?:npx|npm|curl) [^`]+)`/g)].map(([, command = '']) =>
      command.replaceAll('\\|', '|'),
    ),
  );
}
