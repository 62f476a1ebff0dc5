package WaveForge::FirstFailure;

# A suite that loads this ends at the first check that fails. Its servers are
# stopped as at its end.

use strict;
use warnings;

use Test::Builder;
use Test2::API qw(test2_stack);

test2_stack->top->listen(sub {
    my ($hub, $event) = @_;
    exit 1 if $event->causes_fail;
}, inherit => 1);

1;
