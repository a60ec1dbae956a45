export { loadProgramme } from '../../src/simulate/load-programme.js';
