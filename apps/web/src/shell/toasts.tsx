import { t } from '../words/t.ts';
import { newStore } from './store.ts';
import './toasts.css';

type Toast = { readonly id: number; readonly says: string; readonly undo?: () => void };

const SHOWN_MS = 8000;
const shown = newStore<readonly Toast[]>([]);
let last = 0;

/** Says what has happened, for eight seconds; with a way back where there is one. */
export function toast(says: string, undo?: () => void): void {
  const id = ++last;
  shown.set((toasts) => [...toasts.slice(-2), undo ? { id, says, undo } : { id, says }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function undoLast(): void {
  const newest = shown.get().findLast((each) => each.undo);
  if (!newest) return;
  dismiss(newest.id);
  newest.undo?.();
}

/** Nothing that was said stays on a locked screen. */
export function dismissAll(): void {
  shown.set([]);
}

function dismiss(id: number): void {
  shown.set((toasts) => toasts.filter((each) => each.id !== id));
}

export function Toasts() {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.use().map(({ id, says, undo }) => (
        <div key={id} className="toast">
          <span>{says}</span>
          {undo && (
            <button type="button" className="link-button" onClick={undoLast}>
              {t('toast.undo')}
            </button>
          )}
          <button
            type="button"
            className="plain-button toast-close"
            aria-label={t('toast.close')}
            onClick={() => dismiss(id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
