import { dateIn } from '../../agreement/told.ts';
import type { Lang } from '../pack.ts';
import type { PolicyPack, PolicyQuestion } from './pack.ts';
import type { Answer, Answers, MayDo, PolicyDocument } from './policy.ts';

const FIELD = /\{\{([^{}]+)\}\}/g;

/** The texts that answers make, in one language. @param answers as `decideAnswers` accepted them */
export function documentsOf(pack: PolicyPack, lang: Lang, answers: Answers): readonly PolicyDocument[] {
  const said = new Map(
    pack.questions.map((question) => [question.id, saidIn(question, lang, answers[question.id]!)]),
  );
  return pack.texts.map(({ id, forClients }) => {
    // An answer is put in as it is: a field inside an answer is no field.
    const filled = pack.templates[id]![lang].replace(FIELD, (field, name: string) => said.get(name) ?? field);
    const [title = '', ...rest] = filled.split('\n');
    return { id, title: title.replace(/^#\s*/, ''), text: rest.join('\n').trim(), forClients };
  });
}

function saidIn(question: PolicyQuestion, lang: Lang, answer: Answer): string {
  switch (question.kind) {
    case 'text':
      return sentence(String(answer));
    case 'lines':
      return (answer as readonly string[]).map((line) => `- ${line}`).join('\n');
    case 'steps':
      return (answer as readonly string[]).map((line, i) => `${i + 1}. ${line}`).join('\n');
    case 'days':
      return daysIn(question.said[lang], lang, Number(answer));
    case 'day':
      return dateIn(lang, String(answer));
    case 'table':
      return tableIn(question, lang, answer as Readonly<Record<string, MayDo>>);
  }
}

/** Texts go on after an answer: it ends as a sentence does. */
function sentence(text: string): string {
  return /[.!?…»”"]$/.test(text) ? text : `${text}.`;
}

function daysIn(said: { readonly one: string; readonly other: string }, lang: Lang, count: number): string {
  const form = new Intl.PluralRules(lang).select(count) === 'one' ? said.one : said.other;
  return form.replace('{n}', String(count));
}

function tableIn(
  { rows }: Extract<PolicyQuestion, { kind: 'table' }>,
  lang: Lang,
  answer: Readonly<Record<string, MayDo>>,
): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const lines = rows.map(({ id, title }) => {
    const { who, upTo } = answer[id]!;
    const what = upTo === null ? title[lang] : `${title[lang]} ${upTo}`;
    return `| ${cell(what)} | ${cell(who)} |`;
  });
  const [what, who] = HEADS[lang];
  return [`| ${what} | ${who} |`, '| --- | --- |', ...lines].join('\n');
}

const HEADS: Readonly<Record<Lang, readonly [string, string]>> = {
  en: ['What', 'Who'],
  ru: ['Что', 'Кто'],
  fi: ['Mitä', 'Kuka'],
};
