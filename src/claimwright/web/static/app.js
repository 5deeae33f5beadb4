// What makes the pages better where scripts run. Every page works without it.
"use strict";
