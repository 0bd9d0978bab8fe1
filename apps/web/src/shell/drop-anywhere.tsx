import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { filesOf } from '../import/dropped-files.ts';
import { addFiles } from '../import/uploads.ts';
import { t } from '../words/t.ts';

/** Files may be let go anywhere in the window. */
export function DropAnywhere() {
  const navigate = useNavigate();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = async (event: DragEvent) => {
      if (!carries(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      const reading = filesOf(event.dataTransfer);
      await navigate({ to: '/import' });
      addFiles(await reading);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [navigate]);
  if (!isOver) return null;
  return (
    <div className="drop-over" aria-hidden="true">
      <p>{t('drop.title')}</p>
      <p className="quiet">{t('drop.nothing')}</p>
    </div>
  );
}
