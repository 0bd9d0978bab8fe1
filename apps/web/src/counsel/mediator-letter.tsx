import { NativeSelect } from '@mantine/core';
import type { CaseBrief } from '../generated/types.gen.ts';
import { LANGUAGES, nameOfLanguage } from '../words/language.ts';
import { InLanguage, useSpeech } from '../words/speech.tsx';
import { type Language, t } from '../words/t.ts';
import { Chronology, Dues, Missing, Part, Points } from './brief.tsx';

type Given = { brief: CaseBrief; onOpen: (id: string) => void };
type Spoken = { spoken: Language; onSpeak: (tag: string) => void };

const SETTLED: readonly string[] = ['agreed', 'closed'];

/** The case as a letter to a mediator, in the mediator's language; what was quoted stays in the language it was said in. */
export function MediatorLetter({ spoken, onSpeak, ...given }: Given & Spoken) {
  const { leftOut } = given.brief;
  return (
    <>
      <div className="row letter-choice no-print">
        <NativeSelect
          label={t('letter.lang')}
          value={spoken.tag}
          onChange={(event) => onSpeak(event.currentTarget.value)}
          data={LANGUAGES.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
        />
        <button type="button" className="action" onClick={() => print()}>
          {t('brief.print')}
        </button>
      </div>
      {leftOut > 0 && <p className="notice small no-print">{t('brief.leftOut', { count: leftOut })}</p>}
      <InLanguage spoken={spoken}>
        <Letter {...given} />
      </InLanguage>
    </>
  );
}

/** What is wanted, what is not settled, and what was said, in the words of the record. */
function Letter({ brief, onOpen }: Given) {
  const speech = useSpeech();
  const { title, us, partyName: them, wanted, points, threats, at } = brief;
  const open = points.filter(({ state }) => !SETTLED.includes(state));
  const settled = points.filter(({ state }) => SETTLED.includes(state));
  return (
    <>
      <header className="stack">
        <h1>{speech.t('brief.to')}</h1>
        <p>
          {us ? speech.t('brief.about', { title, us, them }) : speech.t('brief.aboutThem', { title, them })}
        </p>
        <p>{speech.t('brief.intro')}</p>
      </header>
      <Part name="wanted" says={speech.t('brief.want')} isEmpty={!wanted}>
        <p>{wanted}</p>
      </Part>
      <Part name="open" says={speech.t('brief.notSettled')} isEmpty={open.length === 0}>
        <Points points={open} onOpen={onOpen} />
      </Part>
      <Part name="settled" says={speech.t('brief.settled')} isEmpty={settled.length === 0}>
        <Points points={settled} onOpen={onOpen} />
      </Part>
      <Part name="announced" says={speech.t('brief.announced')} isEmpty={threats.length === 0}>
        <Points points={threats} onOpen={onOpen} />
      </Part>
      <Dues brief={brief} />
      <Chronology brief={brief} onOpen={onOpen} />
      <Missing brief={brief} />
      <p className="section">{speech.t('brief.whole')}</p>
      <p className="section">{[us, speech.dateOf(at)].filter(Boolean).join(', ')}</p>
    </>
  );
}
