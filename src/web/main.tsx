import { render } from 'preact';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/chat.css';
import './styles/events.css';
import './styles/gallery.css';
import './styles/tables.css';
import { loadDrawer } from './draw/drawing.tsx';
import { rememberedLook } from './draw/look-switch.tsx';
import { guardLinks } from './kit/guard-links.ts';
import { Root } from './root.tsx';
import { parseRoute } from './route.ts';
import { showTheme } from './styles/theme.ts';

guardLinks();
showTheme();
// It arrives while it is asked for what there is to draw; if it does not, it is asked for again then.
if (parseRoute(location.hash).view === 'chat') loadDrawer(rememberedLook()).catch(() => undefined);
const page = document.getElementById('page');
if (page) render(<Root />, page);
