import { basename } from 'node:path';
import { openPacked } from '@evenkeel/records/outlook/packed';
import { corpusBytes, corpusFiles, inCorpora } from './corpus.ts';
import { evenkeel } from './readers.ts';
import { answer, ask, type Tally } from './tally.ts';

const SET = 'tnef';

/** The files in a winmail.dat, beside the lists and the files of mimekit; no other reader opens them. */
export async function scoreTnef(tally: Tally): Promise<void> {
  for (const list of corpusFiles('tnef').filter((path) => path.endsWith('.list'))) {
    const path = list.replace(/\.list$/, '.tnef');
    if (!inCorpora(path)) continue;
    const packed = openPacked(corpusBytes(path));
    scoreNames(tally, list, path, [...(packed?.files ?? []), ...(packed?.messages ?? [])]);
    const words = `${packed?.text ?? ''}${packed?.html ?? ''}`.trim();
    const bytes = [...(packed?.files ?? []), ...(packed?.messages ?? [])].map((file) => file.bytes);
    for (const file of corpusFiles(list.replace(/\.list$/, ''))) scoreFile(tally, file, bytes, words !== '');
  }
}

function scoreNames(
  tally: Tally,
  list: string,
  path: string,
  found: readonly { name: string | null }[],
): void {
  const left = found.map(({ name }) => name ?? '');
  for (const name of corpusBytes(list).toString().split(/\r?\n/)) {
    if (name === '' || /^(?:message|body)\.(?:rtf|html|txt)$/.test(name)) continue;
    const at = left.indexOf(name);
    ask(tally, { set: SET, field: 'names', about: path }, evenkeel.name, name, at < 0 ? left : left[at]);
    if (at >= 0) left.splice(at, 1);
  }
}

function scoreFile(tally: Tally, file: string, bytes: readonly Buffer[], hasWords: boolean): void {
  const isBody = /^(?:message|body)\.(?:rtf|html|txt)$/.test(basename(file));
  const expected = corpusBytes(file);
  const isKept = bytes.some((one) => one.equals(expected));
  const question = { set: SET, field: isBody ? 'words' : 'files, bytes', about: file };
  answer(
    tally,
    question,
    evenkeel.name,
    isBody ? hasWords || isKept : isKept,
    () => `${expected.length} bytes`,
  );
}
