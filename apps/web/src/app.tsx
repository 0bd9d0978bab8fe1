import { RouterProvider } from '@tanstack/react-router';
import { router } from './router.tsx';
import { Gate } from './session/gate.tsx';
import { Broken } from './shell/broken.tsx';
import { language } from './words/t.ts';

/** Everything is drawn anew when the language changes: words are read, not watched. */
export function App() {
  const { tag } = language.use();
  return (
    <Broken key={tag}>
      <Gate>
        <RouterProvider router={router} />
      </Gate>
    </Broken>
  );
}
