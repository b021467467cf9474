// React Native's globals: the packages are those that it takes itself.
import './parts.js';
import 'abort-controller/polyfill';
import 'whatwg-fetch';
