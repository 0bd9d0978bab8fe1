import type { Interaction } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { momentAsStated } from '../words/when.ts';
import './interaction.css';

type Exported = NonNullable<Interaction['exported']>;
type Reaction = NonNullable<Exported['reactions']>[number];

/** The signs that people set under an entry of a chat, as far as its export says: whose, and when. */
export function Reactions({ exported }: { exported: Pick<Exported, 'reactions'> | null }) {
  const reactions = exported?.reactions ?? [];
  if (reactions.length === 0) return null;
  return (
    <section className="reactions small" aria-label={t('exportedAs.reactions')}>
      <h2 className="small quiet">{t('exportedAs.reactions')}</h2>
      <ul>
        {reactions.map((one, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={position}>
            <span className="reaction-sign">{one.what}</span> {whose(one)}
            {one.at && <span className="quiet"> · {momentAsStated(one.at)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function whose({ by, count }: Reaction): string {
  if (!by) return t('exportedAs.reactors', { count });
  return by.name ?? by.address ?? t(by.isMe ? 'exportedAs.us' : 'exportedAs.somebody');
}

/** What an entry said before its sender edited it, where the export kept that. */
export function EarlierWords({ exported }: { exported: Pick<Exported, 'earlier'> | null }) {
  const earlier = exported?.earlier ?? [];
  if (earlier.length === 0) return null;
  return (
    <section className="reactions small" aria-label={t('exportedAs.earlier')}>
      <h2 className="small quiet">{t('exportedAs.earlier')}</h2>
      <ol>
        {earlier.map((one, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={position}>
            {one.text ?? t('exportedAs.noWords')}
            {one.at && <span className="quiet"> · {momentAsStated(one.at)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
