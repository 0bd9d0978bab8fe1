import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Hand, keyboard, mouse, touch } from './hand.ts';
import type { Lang } from './words.ts';

/** What the client and the firm wrote, before anything was made of it. */
export const MAILS = [
  'first-offer',
  'agreement-agreed',
  'where-is-login',
  'hand-over',
  'any-time',
  'third-time',
  'calm-answer',
] as const;
export type MailId = (typeof MAILS)[number];

/** What is typed, by somebody who works in this language. */
export type Typed = Readonly<
  Record<
    | 'title'
    | 'scope'
    | 'hours'
    | 'login'
    | 'promise'
    | 'half'
    | 'mediator'
    | 'call'
    | 'quote'
    | 'letter'
    | 'why',
    string
  >
>;
export const TYPED: Readonly<Record<Lang, Typed>> = {
  en: {
    title: 'Website in three languages',
    scope: 'A site with about 60 products in three languages',
    hours: 'Calls on working days from 9 to 17',
    login: 'Login of the management page',
    promise: 'the guide with pictures',
    half: 'Half of the newsletter back',
    mediator: 'A mediator, half each',
    call: 'He asked for the login and for the refund. I named the line and the day of the answer.',
    quote: 'I will see you in court.',
    letter: 'We send the login once more and answer on the refund in writing.',
    why: 'The login is in line 4 of the mail of 4 May.',
  },
  ru: {
    title: 'Сайт на трёх языках',
    scope: 'Сайт примерно на 60 товаров на трёх языках',
    hours: 'Звонки по рабочим дням с 9 до 17',
    login: 'Вход на страницу управления',
    promise: 'руководство с картинками',
    half: 'Вернуть половину за рассылку',
    mediator: 'Посредник, расходы пополам',
    call: 'Спросил про вход и про возврат. Назвал строку и день ответа.',
    quote: 'Увидимся в суде.',
    letter: 'Пришлём вход ещё раз и ответим о возврате письменно.',
    why: 'Вход указан в строке 4 письма от 4 мая.',
  },
  fi: {
    title: 'Sivusto kolmella kielellä',
    scope: 'Sivusto, noin 60 tuotetta kolmella kielellä',
    hours: 'Puhelut arkisin klo 9–17',
    login: 'Hallintasivun tunnus',
    promise: 'kuvallinen opas',
    half: 'Puolet uutiskirjeen hinnasta takaisin',
    mediator: 'Sovittelija, kulut puoliksi',
    call: 'Hän kysyi tunnusta ja palautusta. Kerroin rivin ja vastauspäivän.',
    quote: 'Nähdään oikeudessa.',
    letter: 'Lähetämme tunnuksen vielä kerran ja vastaamme palautuksesta kirjallisesti.',
    why: 'Tunnus on 4. toukokuuta lähetetyn viestin rivillä 4.',
  },
};

export type Look = {
  readonly lang: Lang;
  readonly how: string;
  readonly options: BrowserContextOptions;
  readonly handOn: (page: Page) => Hand;
};
export const LOOKS: readonly Look[] = [
  { lang: 'en', how: 'with the keyboard alone', options: { locale: 'en-GB' }, handOn: keyboard },
  {
    lang: 'ru',
    how: 'on a phone screen by touch',
    options: { locale: 'ru-RU', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    handOn: touch,
  },
  {
    lang: 'fi',
    how: 'on a dark desk with a mouse',
    options: { locale: 'fi-FI', colorScheme: 'dark' },
    handOn: mouse,
  },
];
