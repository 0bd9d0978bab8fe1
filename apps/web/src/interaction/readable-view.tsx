import { useState } from 'react';
import type { InteractionInPlace } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { foldQuotes, type Stretch } from './fold.ts';
import { HtmlView } from './html-view.tsx';

/** The words of a message; quoted history is folded for the eye, the text beneath is whole. */
export function ReadableView({ interaction }: { interaction: InteractionInPlace }) {
  const { text, quotedFrom, html, row } = interaction;
  const [isFormatted, setFormatted] = useState(html && text.trim() === '');
  return (
    <div className="readable">
      {html && (
        <p className="small readable-choice">
          <button
            type="button"
            className="link-button"
            aria-pressed={isFormatted}
            onClick={() => setFormatted((now) => !now)}
          >
            {isFormatted ? t('readable.asText') : t('readable.asFormatted')}
          </button>
        </p>
      )}
      {isFormatted ? <HtmlView id={row.id} /> : <FoldedText text={text} quotedFrom={quotedFrom} />}
    </div>
  );
}

function FoldedText({ text, quotedFrom }: { text: string; quotedFrom: number | null }) {
  if (text.trim() === '') return <p className="quiet">{t('readable.noText')}</p>;
  return (
    <div className="words" dir="auto">
      {foldQuotes(text, quotedFrom).map((stretch, at) =>
        stretch.kind === 'own' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change places
          <div key={at}>{stretch.text}</div>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Quoted key={at} stretch={stretch} />
        ),
      )}
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
