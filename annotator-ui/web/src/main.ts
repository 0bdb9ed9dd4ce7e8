import './styles/base.css';
import './styles/parts.css';
import './styles/work.css';

import { mount } from 'svelte';

import App from './App.svelte';

const target = document.getElementById('page');
if (target) mount(App, { target });
