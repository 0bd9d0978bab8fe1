import { Link } from '@tanstack/react-router';
import { Problem } from '../api/problem.ts';
import { t } from '../words/t.ts';
import './apart.css';

type Given = {
  error: unknown;
  partyId: string;
  onChoose: (remaining: 'withhold' | 'send') => void;
};

/** Which records hold a bundle up: those that stay with us, and those that say words taken out elsewhere. */
export function HeldBackNote({ error, partyId, onChoose }: Given) {
  if (!(error instanceof Problem)) return null;
  const isRemaining = error.code === 'words-remain';
  if (!isRemaining && error.code !== 'stays-with-us') return null;
  const ids: unknown = error.params.ids;
  return (
    <div className="stack small">
      <p className="row">
        {(Array.isArray(ids) ? (ids as readonly string[]) : []).map((id, i) => (
          <Link
            key={id}
            to="/clients/$partyId/interactions/$interactionId"
            params={{ partyId, interactionId: id }}
            className="link-button"
          >
            {t('apart.record', { number: i + 1 })}
          </Link>
        ))}
      </p>
      {isRemaining && (
        <p className="row">
          {(['withhold', 'send'] as const).map((choice) => (
            <button key={choice} type="button" className="action" onClick={() => onChoose(choice)}>
              {t(`bundle.remaining.${choice}`)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
