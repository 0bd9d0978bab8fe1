import { type Forecast, forecastOf } from '@evenkeel/language/forecast/forecast';
import { loadEngine } from '@evenkeel/language/node';
import { Halt } from '../kernel/outcome.ts';
import { LANGUAGE_FOLDER } from '../modules/signal/engine.ts';
import { type Command, JSON_OPTION, UsageError } from './command.ts';
import { answerLines, type Line, readAll, TEXT_OPTIONS, wrongLine } from './detect-input.ts';

type Turn = { readonly from: string; readonly at: string | null; readonly text: string };

export const forecastCommand: Command = {
  forms: [
    {
      usage: 'forecast [FILE] [--jsonl] [--json]',
      says: 'how likely a conversation is to turn hostile, for measuring; weak evidence, and nothing is kept',
    },
  ],
  options: { jsonl: TEXT_OPTIONS.jsonl, ...JSON_OPTION },
  maxWords: 1,
  async run({ values, words }, { out }) {
    const name = words[0] ?? null;
    const { models } = await loadEngine(LANGUAGE_FOLDER);
    if (models === null)
      throw new Halt(
        'weights-missing',
        'The weights of the language models are not there. Nothing was read. Install Evenkeel again.',
      );
    if (values.jsonl)
      return answerLines(name, out, (line) => {
        const turns = turnsIn(line);
        if (typeof turns === 'string') throw wrongLine(turns);
        return forecastOf(models, turns);
      });
    const turns = turnsIn(conversationIn(await readAll(name)));
    if (typeof turns === 'string') throw new UsageError(`The conversation cannot be used: ${turns}`);
    const forecast = forecastOf(models, turns);
    out.result(values.json ? JSON.stringify(forecast) : textFor(forecast));
    return 0;
  },
};

/** A conversation is `{turns: […]}`, or only the list. */
function conversationIn(text: string): Line {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? { turns: read } : (read as Line);
  } catch {
    throw new UsageError('The conversation is no JSON: write {"turns": [{"from": "…", "text": "…"}]}');
  }
}

/** The turns of a line, or what is wrong with them. */
function turnsIn(line: Line | null): readonly Turn[] | string {
  const turns: unknown = line?.turns;
  if (!Array.isArray(turns)) return 'it has no turns';
  const read = turns.map(turnIn);
  const missing = read.indexOf(null);
  return missing < 0 ? (read as Turn[]) : `turn ${missing + 1} needs from and text`;
}

function turnIn(turn: unknown): Turn | null {
  const { from, at, text } = (turn ?? {}) as Record<string, unknown>;
  if (typeof from !== 'string' || typeof text !== 'string') return null;
  return { from, at: typeof at === 'string' ? at : null, text };
}

function textFor({ probability, alarm, deferred }: Forecast): string {
  const verdict = alarm ? 'more likely than not to turn hostile' : 'no alarm';
  return `${(probability * 100).toFixed(0)} %: ${verdict}${deferred ? ' (put off: the last turn gives way)' : ''}`;
}
