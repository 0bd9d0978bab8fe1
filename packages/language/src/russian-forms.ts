/**
 * Stem → stem, for Russian words whose forms no ending can bring together: suppletive plurals, fleeting vowels that
 * meet an ending, consonants that change before one. Left of `>` are stems as the endings leave them.
 */
const STEMS = `
  люд>человк|ребят>ребенк|дет>ребенк|писем>письм|денег>деньг|ден>дн|дне>дн|дня>дн|дню>дн|дни>дн|днем>дн|дням>дн|днях>дн|пис>письм|деньг>деньг
  оплач>оплат|заплач>заплат|выплач>выплат|доплач>доплат|возвращ>возврат|отправл>отправ|поставл>постав
  предоставл>предостав|исправл>исправ|добавл>добав|оформл>оформ|оценк>оценк|оцен>оценк|жал>жалоб
  отвеч>ответ|встреч>встреч|замеч>замет|обращ>обрат|прекращ>прекрат|сокращ>сократ|запрещ>запрет
  сообщ>сообщ|обещ>обещ|пиш>писа|напиш>написа|подпиш>подписа|опиш>описа|верн>возврат|вернут>возврат
  пришл>присла|отправк>отправ|отправлен>отправ|куплен>куп|купл>куп|братьев>брат|брат>брат
  сыновье>сын|друзе>друг|друз>друг|судеб>суд|сестер>сестр|окон>окн|дел>дел|ссор>ссор`;

const WRITTEN: readonly (readonly [string, string])[] = STEMS.trim()
  .split(/\||\n/)
  .map((pair) => pair.trim().split('>'))
  .map(([from = '', to = '']) => [from, to]);

/** A stem in ч, щ or л stands before the -ен of participles and nouns too (оплачен, возвращение). */
const PASSIVE = WRITTEN.filter(([from]) => /[чщл]$/.test(from)).map(
  ([from, to]) => [`${from}ен`, to] as const,
);

export const RUSSIAN_STEMS: ReadonlyMap<string, string> = new Map([...WRITTEN, ...PASSIVE]);
