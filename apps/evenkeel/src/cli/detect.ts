import { type Engine, readSignals, scoresOf } from '@evenkeel/language/engine';
import type { RuleLang, Scores } from '@evenkeel/language/finding';
import { loadEngine } from '@evenkeel/language/node';
import { LANGUAGE_FOLDER } from '../modules/signal/engine.ts';
import { type Command, JSON_OPTION } from './command.ts';
import { answerLines, langOf, readAll, TEXT_OPTIONS, textIn } from './detect-input.ts';
import { findingText, printed } from './detect-words.ts';

export const detectCommand: Command = {
  forms: [
    {
      usage: 'detect [FILE] [--lang LANG] [--scores] [--jsonl] [--json]',
      says: "marked words in a text (default: standard input) as a client's message; nothing is kept",
    },
  ],
  options: {
    ...TEXT_OPTIONS,
    scores: { type: 'boolean', says: 'how toxic, insulting, polite… it reads, each from 0 to 1' },
    ...JSON_OPTION,
  },
  maxWords: 1,
  async run({ values, words }, { out }) {
    const name = words[0] ?? null;
    const lang = langOf(values.lang);
    const withScores = values.scores === true;
    const engine = await loadEngine(LANGUAGE_FOLDER);
    if (values.jsonl)
      return answerLines(name, out, (line) => {
        const given = textIn(line, lang);
        return detected(engine, given.text, given.lang, withScores);
      });
    const found = detected(engine, await readAll(name), lang ?? undefined, withScores);
    out.result(values.json ? JSON.stringify(found) : textFor(found));
    return 0;
  },
};

type Detected = {
  readonly lang: string;
  readonly findings: readonly ReturnType<typeof printed>[];
  readonly scores?: Scores;
};

function detected(engine: Engine, text: string, given: RuleLang | undefined, withScores: boolean): Detected {
  const { lang, findings } = readSignals(engine, text, { lang: given });
  const scores = withScores ? { scores: scoresOf(engine, text, { lang: given }) } : {};
  return { lang, findings: findings.map(printed), ...scores };
}

function textFor({ lang, findings, scores }: Detected): string {
  const found = findings.length === 0 ? ['Nothing is marked.'] : findings.map((one) => findingText(one));
  const measured = Object.entries(scores ?? {}).map(
    ([name, score]) => `  ${name.padEnd(12)} ${score === null ? 'no model' : score.toFixed(3)}`,
  );
  return [`Language: ${lang}`, ...found, ...measured].join('\n');
}
