import type { Way } from '../../agreement/clause.ts';
import { dateIn } from '../../agreement/told.ts';
import type { Lang, Words3 } from '../pack.ts';
import { LANGS } from '../pack.ts';
import type { Measure } from './restriction.ts';

const WAYS: Readonly<Record<Way, Words3>> = {
  mail: { en: 'e-mail', ru: 'электронная почта', fi: 'sähköposti' },
  chat: { en: 'chat', ru: 'чат', fi: 'chat' },
  call: { en: 'telephone', ru: 'телефон', fi: 'puhelin' },
  meeting: { en: 'meetings', ru: 'встречи', fi: 'tapaamiset' },
  platform: { en: 'the platform', ru: 'платформа', fi: 'alusta' },
  letter: { en: 'letters on paper', ru: 'письма на бумаге', fi: 'paperikirjeet' },
};
const DAYS: Readonly<Record<Lang, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  ru: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
  fi: ['maanantai', 'tiistai', 'keskiviikko', 'torstai', 'perjantai', 'lauantai', 'sunnuntai'],
};

type Line = (measure: Measure, names: ReadonlyMap<string, string>) => Words3 | null;

const LINES: readonly Line[] = [
  ({ isWritingOnly }) =>
    isWritingOnly
      ? {
          en: 'We answer in writing only, not by telephone or in meetings.',
          ru: 'Мы отвечаем только письменно, не по телефону и не на встречах.',
          fi: 'Vastaamme vain kirjallisesti, emme puhelimessa emmekä tapaamisissa.',
        }
      : null,
  ({ ways }) => (ways.length > 0 ? inThree((lang) => closed(lang, ways)) : null),
  ({ contact }, names) => {
    const name = contact && (names.get(contact) ?? null);
    return name
      ? {
          en: `One person answers you: ${name}.`,
          ru: `Вам отвечает один сотрудник: ${name}.`,
          fi: `Sinulle vastaa yksi henkilö: ${name}.`,
        }
      : null;
  },
  ({ hours }) =>
    hours &&
    inThree((lang) => {
      const days = hours.workDays.map((day) => DAYS[lang][day - 1]).join(', ');
      const { from, until } = hours;
      return {
        en: `We answer on these days: ${days}, between ${from} and ${until}.`,
        ru: `Мы отвечаем в такие дни: ${days}, с ${from} до ${until}.`,
        fi: `Vastaamme näinä päivinä: ${days}, klo ${from}–${until}.`,
      }[lang];
    }),
  ({ perWeek }) =>
    perWeek === null
      ? null
      : {
          en: `In one week you get at most this many answers: ${perWeek}. We read everything you write.`,
          ru: `Ответов в неделю: не больше ${perWeek}. Мы читаем всё, что вы пишете.`,
          fi: `Vastauksia viikossa enintään: ${perWeek}. Luemme kaiken, mitä kirjoitat.`,
        },
  ({ subjects }) =>
    subjects.length > 0
      ? {
          en: `We do not answer any more about: ${subjects.join('; ')}. We read what you write about it, and answer when it brings something new.`,
          ru: `Мы больше не отвечаем по таким вопросам: ${subjects.join('; ')}. Мы читаем, что вы об этом пишете, и ответим, если появится новое.`,
          fi: `Emme enää vastaa näistä asioista: ${subjects.join('; ')}. Luemme, mitä niistä kirjoitat, ja vastaamme, jos tulee jotain uutta.`,
        }
      : null,
];

function closed(lang: Lang, ways: readonly Way[]): string {
  const names = ways.map((way) => WAYS[way][lang]).join(', ');
  return {
    en: `These ways are closed: ${names}.`,
    ru: `Эти способы связи закрыты: ${names}.`,
    fi: `Nämä yhteystavat ovat suljettuina: ${names}.`,
  }[lang];
}

/**
 * What a restriction says to whom it concerns, a line for each part of it, in each language.
 *
 * @param names of members, as the ledger names them
 */
export function measureWords(measure: Measure, names: ReadonlyMap<string, string>): Words3 {
  const lines = LINES.flatMap((line) => line(measure, names) ?? []);
  return inThree((lang) => lines.map((line) => `- ${line[lang]}`).join('\n'));
}

export function routeWords({ open: { way, address } }: Measure): Words3 {
  return inThree((lang) => `${WAYS[way][lang]}, ${address}`);
}

export function inThree(say: (lang: Lang) => string): Words3 {
  const entries = LANGS.map((lang) => [lang, say(lang)]);
  return Object.fromEntries(entries) as Words3;
}

/** `30 November 2026`, in each language. @param date `2026-11-30` */
export function dateWords(date: string): Words3 {
  return inThree((lang) => dateIn(lang, date));
}
