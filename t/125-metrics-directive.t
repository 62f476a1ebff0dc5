# waveforge_metrics: where it works, and what nginx refuses to start with.

use lib 't/lib';
use WaveForge;

no_shuffle();
check_accum_error_log();
run_tests();

__DATA__

=== TEST 1: waveforge_metrics takes no parameter
--- config
location = /metrics {
    waveforge_metrics on;
}
--- must_die
--- error_log: invalid number of arguments in "waveforge_metrics" directive


=== TEST 2: it is said once
--- config
location = /metrics {
    waveforge_metrics;
    waveforge_metrics;
}
--- must_die
--- error_log: "waveforge_metrics" directive is duplicate


=== TEST 3: a location has one content handler, whichever is named first
--- config
location = /metrics {
    stub_status;
    waveforge_metrics;
}
--- must_die
--- error_log: "waveforge_metrics" directive is of no use with another content handler


=== TEST 4: or last
--- config
location = /metrics {
    waveforge_metrics;
    proxy_pass http://127.0.0.1:1;
}
--- must_die
--- error_log: "waveforge_metrics" is of no use in location "/metrics" with another content handler


=== TEST 5: waveforge is another content handler
--- config
location /metrics {
    waveforge_metrics;
    waveforge on;
    waveforge_store %STORE%;
}
--- must_die
--- error_log: "waveforge_metrics" is of no use in location "/metrics" with another content handler


=== TEST 6: it is of a location
--- config
waveforge_metrics;
--- must_die
--- error_log: "waveforge_metrics" directive is not allowed here


=== TEST 7: it needs no store
--- config
location = /metrics {
    waveforge_metrics;
}
--- request
GET /metrics
--- response_headers
Content-Type: text/plain; version=0.0.4; charset=utf-8
--- response_body_like: (?s)\A# HELP waveforge_build_info .*\nwaveforge_take_overs_total 0\n


=== TEST 8: a location inside does not inherit it
--- config
location /figures/ {
    waveforge_metrics;
    location /figures/files/ {
        return 204;
    }
}
--- request eval
['GET /figures/', 'GET /figures/files/']
--- error_code eval
[200, 204]


=== TEST 9: a location inside of WaveForge's does not inherit that
--- directives
location = /metrics {
    waveforge_metrics;
}
--- request eval
['GET /metrics', 'GET /metrics/upload', 'GET /recordings', 'POST /metrics']
--- error_code eval
[200, 404, 200, 405]


=== TEST 10: nginx's own words for charset and gzip do not change the type
--- config
location = /metrics {
    waveforge_metrics;
    charset utf-8;
    gzip on;
    gzip_types text/plain;
    gzip_min_length 1;
}
--- request
GET /metrics
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Type: text/plain; version=0.0.4; charset=utf-8
Content-Encoding: gzip
