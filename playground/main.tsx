import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import { readConfig } from './config.ts';
import { Playground } from './playground.tsx';

const place = document.getElementById('playground');
if (place) createRoot(place).render(<Playground config={readConfig()} />);
