import { MarkedText } from '../language/marked-text.tsx';
import { toast } from '../shell/toasts.tsx';
import { named, say, t } from '../words/t.ts';
import type { Screening } from './screening.queries.ts';

/** Their words, with those that are worth a question: never a sum, and nothing of it is kept. */
export function FlagsSection({ found: { text, flags } }: { found: Screening }) {
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('screening.theirWords')}</h2>
      <div className="words screening-words" dir="auto">
        <MarkedText text={text} findings={flags} />
      </div>
      <h2 className="answer-head">{t('screening.askAbout')}</h2>
      <p className="small quiet screening-pad">{t('screening.askNote')}</p>
      {flags.length === 0 && <p className="answer-none quiet">{t('screening.noFlags')}</p>}
      <ol className="findings">
        {[...Map.groupBy(flags, ({ kind }) => kind)].map(([kind, found], at) => (
          <li key={kind} className="finding">
            <span className="finding-number number">{at + 1}</span>
            <span className="finding-quote">
              {[...new Set(found.map(({ quote }) => quote))].map((quote, i) => (
                <span key={quote}>
                  {i > 0 && ' · '}
                  <q>{quote}</q>
                </span>
              ))}
            </span>
            <span className="small quiet" title={found.map(({ why }) => why).join(', ')}>
              {named('inquiry', kind)}
            </span>
            <div className="finding-says">
              <p className="small">{say(`inquirywhy.${kind}`)}</p>
              {found[0]?.phrase && <Question words={found[0].phrase} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Question({ words }: { words: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    toast(t('screening.copied'));
  };
  return (
    <span>
      {t('screening.askNext')} <span dir="auto">{words}</span>{' '}
      <button type="button" className="link-button small" onClick={() => void copy()}>
        {t('screening.copy')}
      </button>
    </span>
  );
}
