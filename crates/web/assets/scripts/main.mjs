// What pages can do beyond being read. Each part looks for what it needs and does nothing where it is not.
import { offerConsole } from './console.mjs';
import { offerCopies } from './copy.mjs';
import { rememberLanguage } from './languages.mjs';
import { showPlace } from './menu.mjs';
import { offerSearch } from './search.mjs';

rememberLanguage(document);
showPlace(document);
offerSearch(document);
offerCopies(document);
offerConsole(document);
