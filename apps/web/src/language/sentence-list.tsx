import type { Lang } from '@evenkeel/language/analyse';
import { useState } from 'react';
import { t } from '../words/t.ts';
import { useLanguage } from './engine.ts';

type Shown = { lang: Lang | undefined; replyTo: string; onTake: (words: string) => void };

/** Calm sentences to begin from, in the language of the draft, else of the letter; square brackets are filled in by the writer. */
export function SentenceList({ lang, replyTo, onTake }: Shown) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="sentences small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('reply.sentences')}</summary>
      {isOpen && <Sentences lang={lang} replyTo={replyTo} onTake={onTake} />}
    </details>
  );
}

function Sentences({ lang, replyTo, onTake }: Shown) {
  const language = useLanguage();
  const [wanted, setWanted] = useState('');
  if (!language) return <p className="quiet">{t('list.loading')}</p>;
  const { read, engine } = language;
  const spoken = lang ?? read.readAsks(engine, replyTo).lang;
  const said = read.phrasesOf(engine, spoken === 'simple' ? 'en' : spoken);
  const isWanted = (words: string) => words.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <>
      <input
        type="search"
        aria-label={t('reply.findSentence')}
        placeholder={t('reply.findSentence')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ul>
        {said.filter(isWanted).map((words) => (
          <li key={words}>
            <button type="button" className="link-button" onClick={() => onTake(words)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
