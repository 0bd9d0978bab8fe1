import { Button, createTheme, type MantineColorsTuple } from '@mantine/core';
import { StayingButton } from './shell/staying-button.tsx';
// In a layer, so that our own sheets win in whatever order the built pages load them.
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/PasswordInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import './theme.css';

const keel: MantineColorsTuple = [
  '#e5f0f1',
  '#cfe3e6',
  '#9fcbd1',
  '#6cc3cd',
  '#3f97a2',
  '#237783',
  '#0f5f6b',
  '#0d545f',
  '#0a4650',
  '#073840',
];

export const theme = createTheme({
  primaryColor: 'keel',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  colors: { keel },
  defaultRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'var(--mono)',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Named, so that theme.css can tell a full button from the others.
  components: { Button: Button.extend({ defaultProps: { variant: 'filled', component: StayingButton } }) },
});
