import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleLang } from '@evenkeel/language/finding';
import type { Problem } from '@evenkeel/language/rules/pack';
import type { PackFile } from '@evenkeel/language/rules/pack-file';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** Reads the pack files of one language; a file that is no YAML is a problem. */
export function readPacks(folder: string, lang: RuleLang): { files: PackFile[]; problems: Problem[] } {
  const names = globSync('*.yaml', { cwd: join(folder, lang) }).sort();
  const read = names.map((name) => readPack(join(folder, lang, name), `${lang}/${name}`));
  return {
    files: read.flatMap(({ file }) => (file ? [file] : [])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function readPack(path: string, file: string): { file: PackFile | null; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const problems = document.errors.map(({ pos, message }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    reason: message.split('\n')[0] as string,
  }));
  const lineOf = (keys: readonly (string | number)[]): number => {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { file: problems.length > 0 ? null : { file, document: document.toJS(), lineOf }, problems };
}
