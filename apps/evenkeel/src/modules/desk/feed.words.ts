import type { DueKind } from '../../kernel/due.ts';

export const FEED_LANGS = ['en', 'ru', 'fi'] as const;
export type FeedLang = (typeof FEED_LANGS)[number];

type Words = Readonly<Record<DueKind | 'theirs' | 'source' | 'unverified', string>>;

/** A calendar program shows these by themselves, where no screen of ours can translate them. */
export const FEED_WORDS: Readonly<Record<FeedLang, Words>> = {
  en: {
    danger: 'Look at this first',
    law: 'Date of law',
    contract: 'Date of the agreement',
    promise: 'Promise',
    reply: 'Answer due',
    decision: 'Decision',
    review: 'Review',
    step: 'Next step',
    answer: 'Answer awaited',
    theirs: 'theirs',
    source: 'Source',
    unverified: 'not verified',
  },
  ru: {
    danger: 'Посмотреть в первую очередь',
    law: 'Срок по закону',
    contract: 'Срок по договору',
    promise: 'Обещание',
    reply: 'Нужно ответить',
    decision: 'Решение',
    review: 'Пересмотр',
    step: 'Следующий шаг',
    answer: 'Ждём ответа',
    theirs: 'за ними',
    source: 'Источник',
    unverified: 'не проверено',
  },
  fi: {
    danger: 'Katso tämä ensin',
    law: 'Lain määräpäivä',
    contract: 'Sopimuksen määräpäivä',
    promise: 'Lupaus',
    reply: 'Vastaus annettava',
    decision: 'Päätös',
    review: 'Tarkistus',
    step: 'Seuraava vaihe',
    answer: 'Odotamme vastausta',
    theirs: 'heidän vuoronsa',
    source: 'Lähde',
    unverified: 'tarkistamatta',
  },
};
