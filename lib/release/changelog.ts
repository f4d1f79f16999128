interface ReleasedChangelog {
  /** The changelog with the unreleased entries under the version's heading. */
  readonly page: string;
  /** The entries alone, for the tag. */
  readonly notes: string;
}

/** Returns the changelog after the release of a version. Throws when there is nothing to release. */
export function releaseChangelog(page: string, version: string, date: string): ReleasedChangelog {
  if (page.includes(`\n## [${version}]`))
    throw new Error(`CHANGELOG.md: expected no section of ${version}, got one`);
  const start = page.indexOf(UNRELEASED);
  if (start < 0) throw new Error(`CHANGELOG.md: expected the heading "${UNRELEASED.trim()}", got none`);
  const body = start + UNRELEASED.length;
  const next = page.indexOf('\n## ', body);
  const end = next < 0 ? page.length : next;
  const notes = page.slice(body, end).trim();
  if (notes === '') throw new Error(`CHANGELOG.md: expected entries below "${UNRELEASED.trim()}", got none`);
  const released = `${UNRELEASED}\n## [${version}] - ${date}\n\n${notes}\n`;
  return { page: page.slice(0, start) + released + page.slice(end), notes };
}

const UNRELEASED = '## [Unreleased]\n';
