import { expect, test } from 'vitest';
import { clearlyHarder, lixOf } from '../src/reading-level.ts';

const HARD = {
  en: 'Notwithstanding the aforementioned contractual arrangements concerning infrastructure availability, responsibility for subsequent interruptions originating outside administrative boundaries cannot reasonably be attributed to ourselves, particularly considering previously communicated maintenance obligations regarding authentication certificates.',
  ru: 'Принимая во внимание вышеизложенные обстоятельства относительно функционирования инфраструктуры, ответственность за последующие неисправности, возникающие вследствие несвоевременного предоставления необходимых материалов, не может рассматриваться как относящаяся исключительно к исполнителю, учитывая ранее согласованные договорные условия сопровождения.',
  fi: 'Ottaen huomioon edellä mainitut sopimusjärjestelyt palvelinympäristön käytettävyydestä vastuuta myöhemmistä toimintakatkoksista, jotka aiheutuvat tarvittavien materiaalien myöhästyneestä toimittamisesta, ei voida kohtuudella katsoa yksinomaan toimittajalle kuuluvaksi, erityisesti aiemmin hyväksyttyjen ylläpitosopimuksen velvoitteiden näkökulmasta tarkasteltuna kokonaisuudessaan, sillä osapuolten välinen vastuunjakotaulukko määrittelee yksityiskohtaisesti molempien velvollisuudet järjestelmän kaikissa elinkaaren vaiheissa.',
};
const EASY = {
  en: 'The login does not work. I have tried it three times now. Can you look at it today? I need it for the shop.',
  ru: 'Вход не работает. Я уже три раза пробовал войти. Вы можете на него сегодня взглянуть? Он мне нужен для лавки.',
  fi: 'Sivu ei nyt auki mene. Olen jo kolme kertaa sitä yrittänyt. Voitko sinä tänään sen minulle katsoa? Se on kaupan sivu, ja asia on nyt kiire.',
};
const asked = async (draft: string, lang: 'en' | 'ru' | 'fi', theirs: readonly string[]) =>
  clearlyHarder(draft, lang, async () => theirs);

test('LIX is words in a sentence and long words in a hundred', () => {
  expect(lixOf('The cat sat on the mat. Everything remained unchanged there.', 'en', 1)).toBe(5 + 30);
  expect(lixOf('Short.', 'en', 15)).toBeNull();
});

test.each(['en', 'ru', 'fi'] as const)('a draft is harder than all that they wrote (%s)', async (lang) => {
  const found = await asked(HARD[lang], lang, [EASY[lang], EASY[lang], EASY[lang]]);
  expect(found!.draft).toBeGreaterThanOrEqual(found!.theirs + 10);
});

test.each(['en', 'ru', 'fi'] as const)(
  'nothing is said where one of theirs is as hard, or the draft is easy (%s)',
  async (lang) => {
    expect(await asked(HARD[lang], lang, [EASY[lang], EASY[lang], HARD[lang]])).toBeNull();
    expect(await asked(`${EASY[lang]} ${EASY[lang]}`, lang, [EASY[lang], EASY[lang], EASY[lang]])).toBeNull();
  },
);

test('nothing is said of who wrote little, or in another language', async () => {
  expect(await asked(HARD.en, 'en', [EASY.en, EASY.en])).toBeNull();
  expect(await asked(HARD.en, 'en', [EASY.ru, EASY.ru, EASY.fi])).toBeNull();
});
