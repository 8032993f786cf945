import { render } from 'preact';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/chat.css';
import './styles/events.css';
import './styles/gallery.css';
import './styles/tables.css';
import { guardLinks } from './kit/guard-links.ts';
import { Root } from './root.tsx';
import { showTheme } from './styles/theme.ts';

guardLinks();
showTheme();
const page = document.getElementById('page');
if (page) render(<Root />, page);
