// Each has an application of its own, with its own clock. They are of one suite because to load the application takes longer than all of them.
import './a-meeting.http.js';
import './lists.http.js';
import './strangers.http.js';
import './bad-input.http.js';
import './rush.http.js';
import './lapses.http.js';
