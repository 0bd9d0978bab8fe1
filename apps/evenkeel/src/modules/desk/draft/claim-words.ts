/** Ways of saying one thing in our three languages; each a pattern of whole words. */
type Ways = {
  readonly en: readonly string[];
  readonly ru: readonly string[];
  readonly fi: readonly string[];
};

export function said({ en, ru, fi }: Ways): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${[...en, ...ru, ...fi].join('|')})(?!\\p{L})`, 'iu');
}

/** At most so many words in between; what is claimed may stand there, so they are caught. */
export const few = (words: number) => `((?:\\s+[\\p{L}’'-]{1,24}){0,${words}}?)`;
export const L = '\\p{L}*';

/** Past participle and infinitive; past tense; active participle without its ending, and passive one. */
type Verbs = {
  readonly en: readonly [past: string, base: string];
  readonly ru: string;
  readonly fi: readonly [active: string, passive: string];
};

const PROMISE: Verbs = {
  en: ['promised|guaranteed|committed|undertaken', 'promise|guarantee|commit|undertake'],
  ru: `(?:по)?обещал${L}|гарантировал${L}`,
  fi: ['luvan|taan|sitoutu', 'luvattu|taattu'],
};
const OFFER: Verbs = {
  en: ['offered|proposed|suggested', 'offer|propose|suggest'],
  ru: `предлагал${L}|предложил${L}`,
  fi: ['tarjon|ehdotta', 'tarjottu|ehdotettu'],
};
const AGREE: Verbs = {
  en: ['agreed|accepted|approved|confirmed|consented|signed', 'agree|accept|approve|confirm|consent|sign'],
  ru: `договаривал${L}|договорил${L}|соглашал${L}|согласил${L}|согласов(?:ыв)?ал${L}|подтверждал${L}|подтвердил${L}|утвердил${L}`,
  fi: ['sopi|hyväksy|suostu|vahvista', 'sovittu|hyväksytty|suostuttu|vahvistettu'],
};
const RECEIVE: Verbs = {
  en: ['received|got|gotten|seen', 'receive|get|see'],
  ru: `получал${L}|получил${L}|видел${L}`,
  fi: ['saa|vastaanotta|näh', 'saatu|vastaanotettu|nähty'],
};
const SAY: Verbs = {
  en: ['said|written|wrote|told|stated|mentioned', 'say|write|tell|state|mention'],
  ru: `говорил${L}|сказал${L}|писал${L}|написал${L}|сообщал${L}|сообщил${L}|упоминал${L}|заявлял${L}`,
  fi: ['sano|kirjoitta|kerto|mainin|ilmoitta', 'sanottu|kirjoitettu|kerrottu|mainittu|ilmoitettu'],
};
const TELL_US: Verbs = {
  en: [
    'sent|given|provided|told|asked|mentioned|written|wrote|said|reported|requested|complained|informed|warned|proposed|offered',
    'send|give|provide|tell|ask|mention|write|say|report|request|complain|inform|warn|propose|offer',
  ],
  ru: `прислал${L}|присылал${L}|отправлял${L}|отправил${L}|передал${L}|предоставил${L}|сообщал${L}|сообщил${L}|говорил${L}|сказал${L}|писал${L}|просил${L}|попросил${L}|спрашивал${L}|упоминал${L}|жаловал${L}|предупреждал${L}|предупредил${L}|предлагал${L}|предложил${L}`,
  fi: [
    'lähettä|toimitta|antan|kerto|pyytä|kysy|mainin|kirjoitta|sano|ilmoitta|valitta|varoitta|ehdotta|tarjon',
    'lähetetty|toimitettu|annettu|kerrottu|pyydetty|kysytty|mainittu|ilmoitettu',
  ],
};

const FINNISH_PAST = '\\p{L}{0,3}(?:nut|nyt|neet)';

/** "We never promised", "никто Вам не обещал", "emme ole luvanneet", "siitä ei ole sovittu". */
function weDid({ en: [past, base], ru, fi: [active, passive] }: Verbs): RegExp {
  return said({
    en: [
      `(?:we|i)(?:['’]ve|\\s+have|\\s+had)?\\s+(?:never|not)${few(2)}\\s+(?:${past})`,
      `(?:we|i)\\s+(?:have|had)n['’]?t${few(2)}\\s+(?:${past})`,
      `(?:we|i)\\s+did(?:\\s+not|n['’]?t|\\s+never)${few(2)}\\s+(?:${base})`,
      `(?:nobody|no\\s+one|no-one|none\\s+of\\s+us)(?!\\s+(?:(?:on|at|from)\\s+your|of\\s+you))${few(4)}\\s+(?:${past})`,
    ],
    ru: [`(?:мы|я|никто(?!\\s+(?:от|из|с)\\s+ва))${few(5)}\\s+не${few(2)}\\s+(?:${ru})`],
    fi: [
      `(?:emme|en|kukaan(?!\\s+te(?:iltä|istä|idän))${few(3)}\\s+ei)${few(5)}\\s+(?:${active})${FINNISH_PAST}`,
      `ei(?:\\s+ole)?${few(3)}\\s+(?:${passive})`,
    ],
  });
}

/** "You never sent", "Вы нам не присылали", "ette ole lähettäneet". */
function youDid({ en: [past, base], ru, fi: [active] }: Verbs): RegExp {
  return said({
    en: [
      `you(?:['’]ve|\\s+have|\\s+had)?\\s+(?:never|not)${few(2)}\\s+(?:${past})`,
      `you\\s+(?:have|had)n['’]?t${few(2)}\\s+(?:${past})`,
      `you\\s+did(?:\\s+not|n['’]?t|\\s+never)${few(2)}\\s+(?:${base})`,
      `(?:nobody|no\\s+one|none)\\s+(?:(?:on|at|from)\\s+your\\s+\\p{L}+|of\\s+you)(?:\\s+(?:has|have|had))?(?:\\s+ever)?\\s+(?:${past})`,
    ],
    ru: [
      `(?:вы|ты)${few(5)}\\s+не${few(2)}\\s+(?:${ru})`,
      `никто\\s+(?:от|из|с)\\s+ва${L}(?:\\s+стороны)?${few(2)}\\s+не\\s+(?:${ru})`,
    ],
    fi: [
      `(?:ette|et)${few(4)}\\s+(?:${active})${FINNISH_PAST}`,
      `kukaan\\s+te(?:iltä|istä)\\s+ei(?:\\s+ole)?${few(2)}\\s+(?:${active})${FINNISH_PAST}`,
    ],
  });
}

/** "was never promised"; Russian and Finnish say it as above. */
function wasDone(past: string): RegExp {
  return said({
    en: [
      `(?:was|were)\\s+(?:never|not)${few(1)}\\s+(?:${past})`,
      `(?:has|have)\\s+(?:never|not)\\s+been\\s+(?:${past})`,
      `(?:wasn|weren)['’]?t\\s+(?:${past})`,
    ],
    ru: [],
    fi: [],
  });
}

/** "There was no agreement", "договорённости не было", "sopimusta ei ole". */
function wasThere({ en, ru, fi }: Readonly<Record<keyof Ways, string>>): RegExp {
  return said({
    en: [
      `there\\s+(?:was|were|is|has\\s+been)\\s+(?:never\\s+an?y?|no)(?:\\s+such)?\\s+(?:${en})`,
      `no(?:\\s+such)?\\s+(?:${en})\\s+(?:was|has\\s+been)(?:\\s+ever)?\\s+(?:made|given|reached)`,
    ],
    ru: [
      `(?:никак${L}\\s+|так${L}\\s+)?(?:${ru})${few(7)}\\s+не\\s+был[оаи]`,
      `не\\s+был[оаи](?:\\s+никак${L}|\\s+так${L})?\\s+(?:${ru})`,
    ],
    fi: [
      `(?:${fi})${few(2)}\\s+ei\\s+(?:ole|ollut)(?:\\s+(?:tehty|annettu|ollut))?`,
      `ei\\s+(?:ole|ollut)${few(2)}\\s+(?:${fi})`,
    ],
  });
}

/** "It is not true that …": what we are said to have said. */
const NOT_TRUE = said({
  en: ["(?:it|that)(?:\\s+is|\\s+was|['’]s)\\s+(?:not\\s+(?:true|correct|right)|untrue|false|wrong)\\s+that"],
  ru: ['(?:неправда|не\\s+правда|неверно|не\\s+верно)\\s*,?\\s+(?:что|будто)'],
  fi: ['ei\\s+(?:pidä\\s+paikkaansa|ole\\s+totta)\\s*,?\\s+että'],
});

/** What somebody did not do, in all the ways in which it is denied. */
export const DENIALS = {
  promised: [
    weDid(PROMISE),
    wasDone(PROMISE.en[0]),
    wasThere({
      en: 'promise|offer|guarantee|commitment',
      ru: 'обещани[яей]|предложени[яей]|гаранти[ий]',
      fi: `lupau${L}|tarjou${L}`,
    }),
  ],
  agreed: [
    weDid(AGREE),
    wasDone(AGREE.en[0]),
    wasThere({
      en: 'agreement|approval',
      ru: 'договор[её]нност(?:и|ей)|согласовани[яей]|согласия|уговора',
      fi: `sopimu${L}`,
    }),
  ],
  received: [
    weDid(RECEIVE),
    wasDone('received|sent'),
    said({
      en: [
        `(?:never|not|did(?:n['’]?t)?)\\s+(?:yet\\s+|ever\\s+)?(?:reach(?:ed)?\\s+us|arrived?)`,
        `no(?=\\s[^.]{1,60}\\s(?:ever\\s+)?(?:reached\\s+us|arrived|came))`,
        '(?:is|are)\\s+(?:still\\s+)?(?:unpaid|outstanding)',
        `(?:we|i)(?:['’]ve|\\s+have|\\s+had)?\\s+(?:had|got|received|seen)\\s+no(?=\\s\\p{L})`,
      ],
      ru: [
        `(?:нам|мне)${few(3)}\\s+не\\s+(?:приходил${L}|пришл[оаи]|поступал${L}|поступил${L}|присылал${L}|прислал${L})`,
        `не\\s+(?:приходил${L}|пришл[оаи]|поступал${L}|поступил${L}|дош[её]?л[аои]?)(?:\\s+(?:к\\s+|до\\s+)?нам|\\s+до\\s+нас)?`,
        `до\\s+нас${few(2)}\\s+не\\s+дош[её]?л[аои]?`,
        `(?:нам|мне)\\s+никто${few(2)}\\s+не\\s+(?:присылал${L}|прислал${L}|передавал${L}|передал${L}|отправлял${L})`,
        'не\\s+оплачен[аоы]?',
      ],
      fi: [
        `ei\\s+ole(?:\\s+meille)?\\s+(?:saapunut|tullut)(?:\\s+(?:meille|perille))?`,
        '(?:on|ovat)(?:\\s+(?:yhä|edelleen|vielä))?\\s+maksamatta',
      ],
    }),
  ],
  offered: [weDid(OFFER), wasDone(OFFER.en[0])],
  said: [weDid(SAY), NOT_TRUE],
  told: [youDid(TELL_US)],
} as const;

export const FAULT_DENIED = said({
  en: [
    'unfounded|groundless|baseless|without\\s+(?:merit|foundation|basis)',
    'not\\s+(?:justified|founded|our\\s+(?:fault|mistake|error))',
    '(?:did|done)\\s+nothing\\s+wrong',
    '(?:are|am|is|were|was)\\s+not\\s+(?:responsible|at\\s+fault|to\\s+blame)',
    '(?:was|is|were|has\\s+been)\\s+no\\s+(?:mistake|error|fault|problem)s?',
    '(?:no|without(?:\\s+any)?)\\s+(?:reason|grounds?|basis)(?:\\s+for)?',
    '(?:was|were)\\s+(?:quite\\s+|all\\s+)?(?:right|correct)',
  ],
  ru: [
    `необоснованн?${L}|безосновательн${L}|беспочвенн${L}|был[аои]?\\s+(?:правильн|верн)${L}`,
    'не\\s+(?:наша|моя)\\s+(?:вина|ошибка)',
    `не\\s+виноват${L}`,
    `(?:ошибк[иа]|проблем${L}|нарушени${L})\\s+не\\s+был[оаи]?`,
    `не\\s+был[оаи]\\s+(?:никак${L}\\s+)?(?:ошибк${L}|проблем${L}|нарушени${L})`,
  ],
  fi: [
    'oli(?:vat)?\\s+oikein',
    'aiheet(?:on|onta|toman?|tomia)|perustee(?:ton|tonta|ttoman?)',
    'ei\\s+ole\\s+(?:aihetta|perusteita|meidän\\s+(?:vikamme|syymme|virheemme))',
    'ei\\s+(?:ole|ollut)(?:\\s+ollut)?(?:\\s+mitään)?\\s+(?:virhettä|vikaa|ongelmaa)',
  ],
});

export const REOPENED = said({
  en: [
    '(?:re-?open|revisit|reconsider|re-?negotiate|re-?discuss)(?:ing)?',
    '(?:come|go|get|return)\\s+back\\s+to\\s+the\\s+(?:question|matter|issue|point|topic)(?:\\s+of)?',
    'return\\s+to\\s+the\\s+(?:question|matter|issue|point|topic)(?:\\s+of)?',
    '(?:discuss|talk\\s+about|look\\s+at|negotiate|go\\s+over)(?=\\s[^.]{1,80}\\s(?:again|once\\s+more|anew))',
  ],
  ru: [
    `верн[её]мся\\s+к(?:\\s+вопрос${L})?|вернуться\\s+к(?:\\s+вопрос${L})?`,
    `пересмотр${L}`,
    `(?:снова|ещ[её]\\s+раз|заново)\\s+(?:обсуд${L}|рассмотр${L})`,
    `обсуд${L}\\s+(?:снова|ещ[её]\\s+раз|заново)`,
  ],
  fi: [
    'palataan|palaamme|palata',
    `(?:neuvotel|keskustel|käsitel|ote|otta)${L}(?=\\s[^.]{0,80}(?:uudelleen|uudestaan|vielä\\s+kerran))`,
    'harki(?:ta|taan|mme)\\s+uudelleen|avataan',
  ],
});

export const AGREED_BY_THEM = said({
  en: [
    `you(?:['’]ve|\\s+have|\\s+had)?${few(1)}\\s+(?:agreed|accepted|approved|confirmed|consented|signed|chose|chosen|picked|took|wanted)(?:\\s+(?:to|off))?`,
    `you\\s+(?:were|are)${few(1)}\\s+(?:fine|ok|okay|happy|content|satisfied)\\s+(?:with|about)`,
    `you\\s+(?:said|gave)${few(1)}\\s+(?:yes|your\\s+(?:ok|consent))\\s+to`,
  ],
  ru: [
    `(?:вы|ты)${few(2)}\\s+(?:согласил${L}|принял${L}|подтвердил${L}|утвердил${L}|одобрил${L}|выбрал${L}|подписал${L}|хотел${L})`,
    `(?:вы|ты)${few(1)}\\s+был[аи]?\\s+(?:соглас|довол)${L}`,
  ],
  fi: [
    '(?:hyväksyi|suostui|vahvisti|valitsi|allekirjoiti|halusi|tyydyi)t(?:te)?',
    `olet(?:te)?${few(2)}\\s+(?:hyväksy|suostu|vahvista|valin|allekirjoitta|halun|tyyty)(?:nut|nyt|neet)`,
    'teidän\\s+(?:hyväksymänne|allekirjoittamanne|valitsemanne)',
  ],
});

/** Asked about a detail, what was told is not denied. */
export const WHICH = said({
  en: ['which|what|when|how|why|who'],
  ru: [`как(?:ой|ая|ое|ие|ого|ом|ую)|когда|почему|сколько|кто|что\\s+именно`],
  fi: ['mihin|milloin|miksi|mikä|mitä|kuka|kuinka|paljonko|minä'],
});

/** What takes a denial half back. */
export const PARTLY = said({
  en: ['(?:more|other|rather)\\s+than|except|unless|only|just|until|without|beyond|yet\\s+to|if|whether'],
  ru: ['кроме|только|лишь|более|больше|без|пока|если|ли'],
  fi: ['paitsi|vain|ainoastaan|enempää|enemmän|ennen\\s+kuin|ilman|muuta|jos'],
});

export const NEGATED = said({
  en: [`not|never|no|cannot|nobody|none|nothing|\\p{L}{2,7}n['’]t`],
  ru: [`не|ни|нет|никогда|никто|никак${L}`],
  fi: ['en|et|ei|emme|ette|eivät|älä|älkää|koskaan'],
});

/** The sentence tells what the other side says, asks or offers. */
export const THEY_SAY = said({
  en: [
    `you(?:['’]re|['’]ve|\\s+are|\\s+have|\\s+had)?${few(1)}\\s+(?:ask|want|demand|claim|say|said|wrote|write|mention|propos|offer|promis|request|quot)${L}`,
    'your\\s+(?:demand|claim|offer|proposal|request|promise)|you\\s+(?:were|had)\\s+to',
  ],
  ru: [
    `(?:вы|ты)${few(2)}\\s+(?:прос|требу|хотите|хочешь|утвержда|пиш|писал|предлага|предложил|обеща|говор|сказал|заявля|назвал)${L}`,
    `ваш${L}\\s+(?:требован|предложен|просьб|обещан)${L}`,
  ],
  fi: [
    '(?:pyysi|pyydä|vaadi|halua|väitä|kirjoiti|ehdoti|tarjosi|lupasi|sanoi)t(?:te)?',
    '(?:vaatimukse|tarjoukse|ehdotukse|pyyntö|lupaukse)(?:nne|si)',
  ],
});

/** The sentence tells what stands already. */
export const RESTATES = said({
  en: [
    'promised|agreed|as\\s+confirmed|our\\s+(?:agreement|promise)|(?:was|were|had)\\s+to|should\\s+have|planned|scheduled',
  ],
  ru: [
    `обещал${L}|договорил${L}|согласовал${L}|по\\s+договору|как\\s+договаривал${L}|долж(?:ен|на|но|ны)\\s+был[аои]?|надо\\s+было|назначен${L}`,
  ],
  fi: ['lupasi(?:n|mme|t|tte)?|luvattu|sovimme|sovittiin|sovittu|sopimuksen\\s+mukaan|piti'],
});

/** The sentence says openly that something becomes other than it was, or depends on something. */
export const CHANGES = said({
  en: [
    `instead|rather\\s+than|new\\s+(?:offer|price|sum|date|day|deadline|terms?)|chang${L}(?!\\s+\\d)|rais(?:e|ed|ing)|lower${L}|increas${L}|amend${L}|postpon${L}|mov(?:e|ed|ing)|delay${L}`,
    `later\\s+than|no\\s+longer|unfortunately|sorry|apologi${L}|extra|additional|if|unless`,
  ],
  ru: [
    `вместо|нов(?:ая|ое|ый|ую|ой|ого)\\s+(?:цен|сумм|дат|срок|предложен)${L}|измен${L}(?!\\s+\\d)|повы${L}|сниж${L}|сниз${L}|перен[оеё]с${L}|перенест${L}|сдвига${L}|сдвин${L}`,
    `задерж${L}|к\\s+сожалению|извин${L}|дополнительн${L}|если`,
  ],
  fi: [
    `sijaan|sijasta|uu(?:si|den|tta|teen)\\s+(?:hin|tarjou|päivä|määräai|aja|aik)${L}|muut${L}(?!\\s+\\d)|korot${L}|siir${L}|lykk${L}|viiväst${L}|myöhäs${L}|valitettavasti`,
    `pahoittel${L}|lisä${L}|jos|mikäli`,
  ],
});

/** A number that is only a limit is no other number; a day is none. */
export const BOUND = new RegExp(
  '(?<!\\p{L})(?:at least|at most|up to|more than|less than|over|under|from|about|around|approximately|roughly|не менее|не более|до|около|примерно|от|свыше|менее|более|vähintään|enintään|korkeintaan|noin|yli|alle|jopa|alkaen)' +
    '\\s+[€$£]?\\s?(?!\\d{1,2}(?:\\s+\\p{L}{0,2}(?:january|february|march|april|may|june|july|august|september|october|november|december|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)|\\.\\s?\\d))\\d',
  'iu',
);

/** One more of the kind, or what could be: it costs what it costs. */
export const OTHER_ONE = said({
  en: [
    `new|another|next|further|more|other|future|would|could|might|may\\s+(?:cost|be)|worth|propos${L}|suggest${L}`,
  ],
  ru: [`нов${L}|друг${L}|следующ${L}|ещ[её]|бы|предлага${L}`],
  fi: [
    `uu(?:si|den|tta|det|sia|sien)|muu|muut|seuraava${L}|lisää|\\p{L}{2,}isi(?:n|t|mme|tte|vat)?|ehdota${L}|syksyn`,
  ],
});
