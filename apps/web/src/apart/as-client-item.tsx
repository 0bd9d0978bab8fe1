import { Link } from '@tanstack/react-router';
import { EarlierWords, Reactions } from '../interaction/reactions.tsx';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import type { AsClientPage } from './apart.queries.ts';

type Given = {
  item: AsClientPage['items'][number];
  partyId: string;
  isLetThrough: boolean;
  onLetThrough: () => void;
};

/** One record: its words where they would get them, the reason where they would not. */
export function AsClientItem({ item, partyId, isLetThrough, onLetThrough }: Given) {
  const { id, at, kind, direction, subject, text, attachments, treatment } = item;
  const isKept = treatment === 'withheld' && !isLetThrough;
  const side = direction === null ? '' : ` · ${named('direction', direction)}`;
  return (
    <article className={isKept ? 'as-client-item as-client-kept' : 'as-client-item'}>
      <h2>
        <span className="number">{momentOf(at)}</span> · {named('kind', kind)}
        {side}
      </h2>
      {isKept ? (
        <p className="small">{whyKept(item)}</p>
      ) : (
        <>
          {subject && <strong>{subject}</strong>}
          <p className="as-client-words">{text}</p>
          <EarlierWords exported={item.beside} />
          <Reactions exported={item.beside} />
          {attachments.length > 0 && (
            <p className="small quiet">{t('asClient.attached', { names: attachments.join(', ') })}</p>
          )}
        </>
      )}
      {treatment === 'copy' && <p className="small quiet">{t('asClient.copy')}</p>}
      <p className="row small">
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId: id }}
          className="link-button"
        >
          {t('asClient.open')}
        </Link>
        {treatment === 'withheld' && item.reason !== 'stays-with-us' && (
          <label>
            <input type="checkbox" checked={isLetThrough} onChange={onLetThrough} />{' '}
            {t('asClient.letThrough')}
          </label>
        )}
      </p>
    </article>
  );
}

function whyKept({ reason, others }: Given['item']): string {
  if (reason === 'names-others') return t('asClient.why.names-others', { names: others.join(', ') });
  return t(reason === 'shared' ? 'asClient.why.shared' : 'asClient.why.stays-with-us');
}
