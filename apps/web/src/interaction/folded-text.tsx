import type { Finding } from '@evenkeel/language/finding';
import { MarkedText } from '../language/marked-text.tsx';
import { t } from '../words/t.ts';
import { foldQuotes, type Stretch } from './fold.ts';
import './interaction.css';

type Words = { text: string; quotedFrom: number | null; signals: readonly Finding[] };

/** The words of a message with their marks; what was quoted from before is folded. */
export function FoldedText({ text, quotedFrom, signals }: Words) {
  if (text.trim() === '') return <p className="quiet">{t('readable.noText')}</p>;
  let from = 0;
  return (
    <div className="words" dir="auto">
      {foldQuotes(text, quotedFrom).map((stretch) => {
        const at = from;
        from += stretch.text.length;
        return stretch.kind === 'own' ? (
          <div key={at}>
            <MarkedText text={stretch.text} findings={signals} from={at} />
          </div>
        ) : (
          <Quoted key={at} stretch={stretch} />
        );
      })}
    </div>
  );
}

function Quoted({ stretch }: { stretch: Stretch }) {
  return (
    <details className="quoted">
      <summary>{t('readable.quoted', { lines: stretch.lines })}</summary>
      <div>{stretch.text}</div>
    </details>
  );
}
