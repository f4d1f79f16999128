import type { Input } from './operation';

type Entry = readonly [path: readonly string[], text: string];

/**
 * Reads the parameters of a form: `Filter.1.Value.2=x` is an array of structures, `Filter.member.1=x` an array of the
 * Query protocol.
 */
export function inputOfForm(body: string): Input {
  const { Action: _, Version: __, ...form } = Object.fromEntries(new URLSearchParams(body));
  return membersOf(Object.entries(form).map(([name, text]) => [name.split('.'), text]));
}

/** Returns the value of a form's parameter. */
export function formValue(body: string, name: string): string {
  return new URLSearchParams(body).get(name) ?? '';
}

function membersOf(entries: readonly Entry[]): Input {
  const members = new Map<string, Entry[]>();
  for (const [[name = '', ...path], text] of entries) {
    const entry: Entry = [path, text];
    members.set(name, [...(members.get(name) ?? []), entry]);
  }
  return Object.fromEntries([...members].map(([name, ofMember]) => [name, parameter(ofMember)]));
}

function parameter(entries: readonly Entry[]): unknown {
  const [[path, text] = [[], ''] as const] = entries;
  if (path.length === 0) return text;
  const members = membersOf(entries);
  const names = Object.keys(members);
  if (names.every((name) => /^\d+$/.test(name))) return Object.values(members);
  return names.join() === 'member' && Array.isArray(members.member) ? members.member : members;
}
